import VectorIntrinsics

/// How gradients become new parameters, eight at a time. The formulas stand at `UpdateKernels` in ChainruleKernels.
extension X86V3 {
  /// p ← shrink · p − rate · g
  @inline(never)
  public static func descend(
    _ count: Int, _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, rate: Float, shrink: Float
  ) {
    var i = 0
    while i < count {
      let n = min(8, count &- i)
      let new = read(p, i, n) * shrink - read(g, i, n) * rate
      write(new, p, i, n)
      i &+= 8
    }
  }

  /// m ← decay · m + g, p ← shrink · p − rate · (momentumShare · m + gradientShare · g)
  @inline(never)
  public static func momentum(
    _ count: Int, _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    rate: Float, shrink: Float, decay: Float, momentumShare: Float, gradientShare: Float
  ) {
    var i = 0
    while i < count {
      let n = min(8, count &- i)
      let gradient = read(g, i, n)
      let moment = gradient.addingProduct(read(m, i, n), Vector(repeating: decay))
      write(moment, m, i, n)
      write(read(p, i, n) * shrink - (moment * momentumShare + gradient * gradientShare) * rate, p, i, n)
      i &+= 8
    }
  }

  /// m ← decay · m + gain · g², p ← shrink · p − rate · g / (√m + ε)
  @inline(never)
  public static func rmsProp(
    _ count: Int, _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    rate: Float, shrink: Float, decay: Float, gain: Float, epsilon: Float
  ) {
    var i = 0
    while i < count {
      let n = min(8, count &- i)
      let gradient = read(g, i, n)
      let square = read(m, i, n) * decay + gradient * gradient * gain
      write(square, m, i, n)
      write(read(p, i, n) * shrink - gradient * rate / (vector_square_root(square) + epsilon), p, i, n)
      i &+= 8
    }
  }

  /// m ← decay · m + gain · g, v ← secondDecay · v + secondGain · g²,
  /// p ← shrink · p − rate · (momentumShare · m + gradientShare · g) / (scale · √v + ε)
  @inline(never)
  public static func adam(
    _ count: Int, _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, rate: Float, shrink: Float, decay: Float, gain: Float, secondDecay: Float,
    secondGain: Float, epsilon: Float, momentumShare: Float, gradientShare: Float, scale: Float
  ) {
    var i = 0
    while i < count {
      let n = min(8, count &- i)
      let gradient = read(g, i, n)
      let first = read(m, i, n) * decay + gradient * gain
      let second = read(v, i, n) * secondDecay + gradient * gradient * secondGain
      write(first, m, i, n)
      write(second, v, i, n)
      let direction = (first * momentumShare + gradient * gradientShare) * rate
      write(read(p, i, n) * shrink - direction / (vector_square_root(second) * scale + epsilon), p, i, n)
      i &+= 8
    }
  }

  @inline(__always)
  private static func read(_ values: UnsafePointer<Float>, _ index: Int, _ count: Int) -> Vector {
    count == 8 ? values.vector(at: index) : values.vector(at: index, count: count)
  }

  @inline(__always)
  private static func read(_ values: UnsafeMutablePointer<Float>, _ index: Int, _ count: Int) -> Vector {
    read(UnsafePointer(values), index, count)
  }

  @inline(__always)
  private static func write(_ vector: Vector, _ values: UnsafeMutablePointer<Float>, _ index: Int, _ count: Int) {
    if count == 8 { values.store(vector, at: index) } else { values.store(vector, at: index, count: count) }
  }
}
