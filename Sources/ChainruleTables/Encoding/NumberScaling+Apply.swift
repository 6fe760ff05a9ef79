extension NumberScaling {
  /// Numbers more than this many scales from the center are clamped: there the soft limit no longer changes in a
  /// `Float`.
  private static let far = 1e6

  /// The scaled number: finite for every finite number.
  public func apply(_ number: Double) -> Float {
    var result: Float = 0
    withUnsafePointer(to: number) { source in
      withUnsafeMutablePointer(to: &result) { apply(source, count: 1, to: $0, stride: 1) }
    }
    return result
  }

  /// Scales contiguous numbers. NaN becomes the fill.
  func apply(_ source: UnsafePointer<Double>, count: Int, to target: UnsafeMutablePointer<Float>, stride: Int) {
    let inverse = 1 / scale
    var index = 0
    while index + 4 <= count {
      let numbers = SIMD4(source[index], source[index + 1], source[index + 2], source[index + 3])
      let scaled = apply(numbers, inverse: inverse)
      for lane in 0..<4 { target[(index + lane) * stride] = scaled[lane] }
      index += 4
    }
    while index < count {
      target[index * stride] = apply(SIMD4(repeating: source[index]), inverse: inverse)[0]
      index += 1
    }
  }

  /// Four at a time, in the same steps.
  @inline(__always)
  private func apply(_ numbers: SIMD4<Double>, inverse: Double) -> SIMD4<Float> {
    let filled = numbers.replacing(with: fill, where: numbers .!= numbers)
    if !isLimited {
      let largest = Double(Float.greatestFiniteMagnitude)
      return SIMD4<Float>(((filled - center) * inverse).clamped(to: -largest, largest))
    }
    // The difference can overflow a Double; it's clamped either way.
    let z = ((filled - center) * inverse).clamped(to: -Self.far, Self.far)
    return SIMD4<Float>(z / (1 + z * z * (1 / 9.0)).squareRoot())
  }
}

extension SIMD4<Double> {
  @inline(__always)
  fileprivate func clamped(to low: Double, _ high: Double) -> Self {
    let raised = replacing(with: low, where: self .< low)
    return raised.replacing(with: high, where: raised .> high)
  }
}
