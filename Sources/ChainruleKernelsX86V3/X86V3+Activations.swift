/// Activations and their derivatives, eight values at a time.
extension X86V3 {
  /// outputs[i] = function(values[i])
  @inline(__always)
  static func map(
    _ count: Int, _ values: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>,
    _ function: (Vector) -> Vector
  ) {
    // Calling `function` in only one place makes the compiler inline it.
    var i = 0
    while i < count {
      let rest = count &- i
      outputs.store(function(values.vector(at: i, count: rest)), at: i, count: rest)
      i &+= 8
    }
  }

  /// delta[i] = function(values[i], delta[i])
  @inline(__always)
  static func combine(
    _ count: Int, _ values: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ function: (Vector, Vector) -> Vector
  ) {
    var i = 0
    while i < count {
      let rest = count &- i
      delta.store(function(values.vector(at: i, count: rest), delta.vector(at: i, count: rest)), at: i, count: rest)
      i &+= 8
    }
  }

  /// max(z, 0); NaN stays NaN
  @inline(never)
  public static func relu(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { z.replacing(with: 0, where: z .< 0) }
    map(count, z, a, function)
  }

  /// delta where z > 0, else 0
  @inline(never)
  public static func reluGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector, _ d: Vector) -> Vector { d.replacing(with: 0, where: z .<= 0) }
    combine(count, z, delta, function)
  }

  /// z where z > 0, else slope · z
  @inline(never)
  public static func leakyReLU(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ slope: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { (z * slope).replacing(with: z, where: z .> 0) }
    map(count, z, a, function)
  }

  /// delta where z > 0, else slope · delta
  @inline(never)
  public static func leakyReLUGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ slope: Float
  ) {
    @inline(__always)
    func function(_ z: Vector, _ d: Vector) -> Vector { scaled(d, where: z, slope) }
    combine(count, z, delta, function)
  }

  /// 1 / (1 + e⁻ᶻ)
  @inline(never)
  public static func sigmoid(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { VectorMath.sigmoid(z) }
    map(count, z, a, function)
  }

  /// delta · a · (1 − a)
  @inline(never)
  public static func sigmoidGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ parameter: Float
  ) {
    @inline(__always)
    func function(_ a: Vector, _ d: Vector) -> Vector { d * (a * (1 - a)) }
    combine(count, a, delta, function)
  }

  /// tanh z
  @inline(never)
  public static func tanh(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { LaneMath.tanh(z) }
    map(count, z, a, function)
  }

  /// delta · (1 − a²)
  @inline(never)
  public static func tanhGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ parameter: Float
  ) {
    @inline(__always)
    func function(_ a: Vector, _ d: Vector) -> Vector { d * (1 - a * a) }
    combine(count, a, delta, function)
  }

  /// log(1 + eᶻ)
  @inline(never)
  public static func softplus(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { VectorMath.softplus(z) }
    map(count, z, a, function)
  }

  /// Σ (a − b)²
  @inline(never)
  public static func squaredDistance(_ count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
    var sums = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var i = 0
    while i &+ 32 <= count {
      let d0 = a.vector(at: i) - b.vector(at: i)
      let d1 = a.vector(at: i &+ 8) - b.vector(at: i &+ 8)
      let d2 = a.vector(at: i &+ 16) - b.vector(at: i &+ 16)
      let d3 = a.vector(at: i &+ 24) - b.vector(at: i &+ 24)
      sums.0 = sums.0.addingProduct(d0, d0)
      sums.1 = sums.1.addingProduct(d1, d1)
      sums.2 = sums.2.addingProduct(d2, d2)
      sums.3 = sums.3.addingProduct(d3, d3)
      i &+= 32
    }
    while i < count {
      let difference = a.vector(at: i, count: count &- i) - b.vector(at: i, count: count &- i)
      sums.0 = sums.0.addingProduct(difference, difference)
      i &+= 8
    }
    return ((sums.0 + sums.1) + (sums.2 + sums.3)).laneSum
  }

  /// max |value|; NaN if any value is NaN
  @inline(never)
  public static func largestMagnitude(_ count: Int, _ values: UnsafePointer<Float>) -> Float {
    // The magnitudes of floats are ordered like their bits, with NaN above infinity, so an integer maximum keeps NaN.
    typealias Bits = SIMD8<UInt32>
    let mask = Bits(repeating: 0x7fff_ffff)
    var largest = (Bits.zero, Bits.zero, Bits.zero, Bits.zero)
    var i = 0
    while i &+ 32 <= count {
      largest.0 = max(largest.0, unsafeBitCast(values.vector(at: i), to: Bits.self) & mask)
      largest.1 = max(largest.1, unsafeBitCast(values.vector(at: i &+ 8), to: Bits.self) & mask)
      largest.2 = max(largest.2, unsafeBitCast(values.vector(at: i &+ 16), to: Bits.self) & mask)
      largest.3 = max(largest.3, unsafeBitCast(values.vector(at: i &+ 24), to: Bits.self) & mask)
      i &+= 32
    }
    while i < count {
      largest.0 = max(largest.0, unsafeBitCast(values.vector(at: i, count: count &- i), to: Bits.self) & mask)
      i &+= 8
    }
    let all = max(max(largest.0, largest.1), max(largest.2, largest.3))
    var bits: UInt32 = 0
    for lane in 0..<8 where all[lane] > bits { bits = all[lane] }
    return Float(bitPattern: bits)
  }

  /// The larger lane of each pair; NaN if one of them is NaN.
  @inline(__always)
  private static func larger(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: (a .< b) .| (b .!= b))
  }

  @inline(__always)
  private static func max(_ a: SIMD8<UInt32>, _ b: SIMD8<UInt32>) -> SIMD8<UInt32> {
    a.replacing(with: b, where: b .> a)
  }

  /// eᶻ / Σ eᶻ along each row
  @inline(never)
  public static func softmax(
    _ rows: Int, _ columns: Int, _ preActivations: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>
  ) {
    let lanes = Vector(0, 1, 2, 3, 4, 5, 6, 7)
    var row = 0
    while row < rows {
      let z = preActivations + row &* columns
      let a = outputs + row &* columns
      // Padding must not be the largest value, and must add nothing.
      var top = Vector(repeating: -.infinity)
      var i = 0
      while i < columns {
        let count = columns &- i
        let values = z.vector(at: i, count: count)
        let isBehind = lanes .>= Float(count)
        top = larger(top, values.replacing(with: -.infinity, where: isBehind))
        i &+= 8
      }
      let largest = Vector(repeating: top.largestLane)
      var sums = Vector.zero
      i = 0
      while i < columns {
        let count = columns &- i
        let values = VectorMath.exp(z.vector(at: i, count: count) - largest)
        sums += values.replacing(with: 0, where: lanes .>= Float(count))
        a.store(values, at: i, count: count)
        i &+= 8
      }
      let share = Vector(repeating: sums.laneSum)
      i = 0
      while i < columns {
        let count = columns &- i
        a.store(a.vector(at: i, count: count) / share, at: i, count: count)
        i &+= 8
      }
      row &+= 1
    }
  }
}
