import VectorIntrinsics

/// The optimizers' updates, eight values at a time. `UpdateKernels` in ChainruleKernels has the formulas.
extension X86V3 {
  /// g ← g + other
  @inline(never)
  public static func add(_ count: Int, _ g: UnsafeMutablePointer<Float>, _ other: UnsafePointer<Float>) {
    var i = 0
    while i < count {
      let n = count &- i
      g.store(g.vector(at: i, count: n) + other.vector(at: i, count: n), at: i, count: n)
      i &+= 8
    }
  }

  /// p ← shrink · p − rate · g
  @inline(never)
  public static func descend(
    _ count: Int, _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, rate: Float, shrink: Float
  ) {
    let (r, s) = (Vector(repeating: -rate), Vector(repeating: shrink))
    var i = 0
    while i &+ 32 <= count {
      for j in 0..<4 {
        let k = i &+ 8 &* j
        p.store((p.vector(at: k) * s).addingProduct(g.vector(at: k), r), at: k)
      }
      i &+= 32
    }
    while i < count {
      let n = count &- i
      p.store((p.vector(at: i, count: n) * s).addingProduct(g.vector(at: i, count: n), r), at: i, count: n)
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
      let n = count &- i
      let gradient = g.vector(at: i, count: n)
      let moment = gradient.addingProduct(m.vector(at: i, count: n), Vector(repeating: decay))
      m.store(moment, at: i, count: n)
      let new = p.vector(at: i, count: n) * shrink - (moment * momentumShare + gradient * gradientShare) * rate
      p.store(new, at: i, count: n)
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
      let n = count &- i
      let gradient = g.vector(at: i, count: n)
      let square = m.vector(at: i, count: n) * decay + gradient * gradient * gain
      m.store(square, at: i, count: n)
      let new = p.vector(at: i, count: n) * shrink - gradient * rate / (vector_square_root(square) + epsilon)
      p.store(new, at: i, count: n)
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
    @inline(__always)
    func step(_ i: Int, _ n: Int) {
      let gradient = g.vector(at: i, count: n)
      let first = m.vector(at: i, count: n) * decay + gradient * gain
      let second = v.vector(at: i, count: n) * secondDecay + gradient * gradient * secondGain
      m.store(first, at: i, count: n)
      v.store(second, at: i, count: n)
      let direction = (first * momentumShare + gradient * gradientShare) * rate
      let new = p.vector(at: i, count: n) * shrink - direction / (vector_square_root(second) * scale + epsilon)
      p.store(new, at: i, count: n)
    }
    var i = 0
    while i &+ 8 <= count {
      step(i, 8)
      i &+= 8
    }
    if i < count { step(i, count &- i) }
  }
}
