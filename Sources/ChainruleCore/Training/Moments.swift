/// The numbers that an optimizer keeps for each parameter: all first moments, then all second ones, then all third
/// ones. Each group is aligned to a cache line.
struct Moments: Equatable, Sendable {
  /// How many moments there are for each parameter.
  let kinds: Int
  /// The number of parameters; 0 if there are no moments.
  let parameterCount: Int
  /// The distance from a parameter's first moment to its second.
  let stride: Int
  private var values: FloatArray

  /// Creates moments of zero.
  init(kinds: Int, parameterCount: Int) {
    self.kinds = kinds
    self.parameterCount = kinds == 0 ? 0 : parameterCount
    stride = (self.parameterCount + 15) / 16 * 16
    values = FloatArray(count: kinds * stride)
  }

  /// Calls `body` with the address of the first moment, for writing. It's valid during the call.
  @inline(__always)
  mutating func withUnsafeMutablePointer<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
    values.withUnsafeMutablePointer(body)
  }

  /// Whether there are as many moments as an optimizer needs for this number of parameters.
  func suit(_ optimizer: Optimizer, parameterCount: Int) -> Bool {
    kinds == optimizer.momentCount && (kinds == 0 || self.parameterCount == parameterCount)
  }

  /// Whether all are finite, and the optimizer's means of squares and maxima aren't negative.
  func arePlausible(for optimizer: Optimizer) -> Bool {
    for kind in 0..<kinds {
      let isSquare = optimizer.keepsSquares(in: kind)
      for i in (kind * stride)..<(kind * stride + parameterCount) where !values[i].isFinite || isSquare && values[i] < 0
      {
        return false
      }
    }
    return true
  }

  /// Whether there are as many as in `other`.
  func hasShape(of other: Moments) -> Bool { kinds == other.kinds && parameterCount == other.parameterCount }
}

#if !hasFeature(Embedded)
  extension Moments: Codable {
    /// Writes each group of moments as bits, so that they don't change.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      for kind in 0..<kinds {
        let first = kind * stride
        try container.encode(values[first..<(first + parameterCount)].map(\.bitPattern))
      }
    }

    /// Reads moments.
    ///
    /// - Throws: `DecodingError` if the groups differ in length.
    init(from decoder: any Decoder) throws {
      let bits = try [[UInt32]](from: decoder)
      let counts = bits.map(\.count)
      if Set(counts).count > 1 {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath,
            debugDescription: "found lists of \(counts) moments, expected as many of each kind"))
      }
      self.init(kinds: counts.count, parameterCount: counts.first ?? 0)
      for (kind, bits) in bits.enumerated() {
        for (i, bits) in bits.enumerated() { values[kind * stride + i] = Float(bitPattern: bits) }
      }
    }
  }
#endif
