/// The numbers that an optimizer keeps for each parameter: all first ones, then all second ones, then all third ones, all of which
/// begin with a line of the caches.
struct Moments: Equatable, Sendable {
  /// How many of them there are for each parameter.
  let kinds: Int
  /// How many parameters there are; 0 if nothing is kept of them.
  let parameterCount: Int
  /// From a parameter's first number to its second.
  let stride: Int
  private var values: FloatArray

  /// Zeros.
  init(kinds: Int, parameterCount: Int) {
    self.kinds = kinds
    self.parameterCount = kinds == 0 ? 0 : parameterCount
    stride = (self.parameterCount + 15) / 16 * 16
    values = FloatArray(count: kinds * stride)
  }

  /// Calls `body` with the address of the first number, to be changed, which is valid during the call.
  @inline(__always)
  mutating func withUnsafeMutablePointer<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
    values.withUnsafeMutablePointer(body)
  }

  /// Whether these are as many as an optimizer needs for so many parameters.
  func suit(_ optimizer: Optimizer, parameterCount: Int) -> Bool {
    kinds == optimizer.momentCount && (kinds == 0 || self.parameterCount == parameterCount)
  }

  /// Whether all are finite, and those of an optimizer that are means of squares, or maxima, are not negative.
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

  /// Whether these are as many as those.
  func hasShape(of other: Moments) -> Bool { kinds == other.kinds && parameterCount == other.parameterCount }
}

#if !hasFeature(Embedded)
  extension Moments: Codable {
    /// Writes the first ones, the second ones, the third ones, as their bits, so that none of them changes.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      for kind in 0..<kinds {
        let first = kind * stride
        try container.encode(values[first..<(first + parameterCount)].map(\.bitPattern))
      }
    }

    /// Reads them.
    ///
    /// - Throws: `DecodingError` if there are not as many of one kind as of another.
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
