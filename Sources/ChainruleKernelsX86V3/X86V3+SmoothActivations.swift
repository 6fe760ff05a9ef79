/// The smooth relatives of ReLU that use the logistic function, and their derivatives.
extension X86V3 {
  /// z · s with s = 1 / (1 + e⁻ᶻ)
  @inline(never)
  public static func silu(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { vanishingProduct(z, VectorMath.sigmoid(z)) }
    map(count, z, a, function)
  }

  /// delta · (s + z · s (1 − s))
  @inline(never)
  public static func siluGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector, _ d: Vector) -> Vector {
      let s = VectorMath.sigmoid(z)
      return d * (s + vanishingProduct(z, s * (1 - s)))
    }
    combine(count, z, delta, function)
  }

  /// z · s with s the logistic function of √(8/π) (z + 0.044715 z³)
  @inline(never)
  public static func geluTanh(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafeMutablePointer<Float>, _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector) -> Vector { vanishingProduct(z, geluShare(z)) }
    map(count, z, a, function)
  }

  /// delta · (s + z · s (1 − s) · √(8/π) (1 + 3 · 0.044715 z²))
  @inline(never)
  public static func geluTanhGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector, _ d: Vector) -> Vector {
      let s = geluShare(z)
      let slope = Vector(repeating: 1.595_769_12).addingProduct(Vector(repeating: 0.214_064_49), z * z)
      return d * (s + vanishingProduct(z * slope, s * (1 - s)))
    }
    combine(count, z, delta, function)
  }

  /// delta / (1 + e⁻ᶻ)
  @inline(never)
  public static func softplusGradient(
    _ count: Int, _ z: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>,
    _ parameter: Float
  ) {
    @inline(__always)
    func function(_ z: Vector, _ d: Vector) -> Vector { d * VectorMath.sigmoid(z) }
    combine(count, z, delta, function)
  }

  @inline(__always)
  private static func geluShare(_ z: Vector) -> Vector {
    let inner = Vector(repeating: 1.595_769_12).addingProduct(Vector(repeating: 0.071_354_816), z * z)
    return VectorMath.sigmoid(z * inner)
  }

  /// a · b, but 0 where b is 0: the limit at −∞ of activations of the form z · b.
  @inline(__always)
  private static func vanishingProduct(_ a: Vector, _ b: Vector) -> Vector {
    (a * b).replacing(with: b, where: b .== 0)
  }
}
