import ChainruleKernels

/// The source of every random number: weights, shuffles, noise. One seed fixes them all, on every machine.
///
/// The generator is xoshiro256++ by D. Blackman and S. Vigna (2019). SplitMix64 fills its state from the seed.
///
/// ```swift
/// var random = RandomSource(seed: 7)
/// random.uniform(-1, 1)  // the same value everywhere
/// ```
public struct RandomSource: RandomNumberGenerator, Equatable, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Starts the sequence for `seed`.
  public init(seed: UInt64) {
    var state = seed
    func splitMix() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    s0 = splitMix()
    s1 = splitMix()
    s2 = splitMix()
    s3 = splitMix()
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = (sum << 23 | sum >> 41) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = s3 << 45 | s3 >> 19
    return result
  }

  /// A uniformly distributed number from `low` up to but not including `high`, which rounding may still give.
  public mutating func uniform(_ low: Float = 0, _ high: Float = 1) -> Float {
    let unit = Float(UInt32(truncatingIfNeeded: next() >> 40)) * 0x1p-24
    return low + (high - low) * unit
  }

  /// A number from the normal distribution with mean 0 and variance 1 (Marsaglia's polar method).
  public mutating func normal() -> Float {
    while true {
      let x = uniform(-1, 1)
      let y = uniform(-1, 1)
      let square = x * x + y * y
      if square > 0 && square < 1 {
        return x * PortableMath.squareRoot(-2 * PortableMath.log(square) / square)
      }
    }
  }

  /// A whole number in `0..<bound`, all exactly equally likely (Lemire 2019).
  ///
  /// - Precondition: `bound` is from 1 to 2³² − 1.
  public mutating func index(below bound: Int) -> Int {
    require(
      bound > 0 && UInt64(bound) <= UInt64(UInt32.max), "found the bound \(bound); it must be from 1 to 2³² − 1")
    let n = UInt64(bound)
    while true {
      let product = (next() >> 32) &* n  // below 2⁶⁴; a checked product would call into a C library
      // If 2³² isn't a multiple of n, some results would be too likely. So we reject products whose low half is below
      // the remainder, which is itself below n.
      let low = product & 0xffff_ffff
      if low >= n || low >= 0x1_0000_0000 % n { return Int(truncatingIfNeeded: product >> 32) }
    }
  }

  /// Puts the values in a random order. Every order is equally likely (Fisher–Yates).
  public mutating func shuffle(_ values: inout [Int]) {
    values.withUnsafeMutableBufferPointer { values in
      var last = values.count - 1
      while last > 0 {
        let other = index(below: last + 1)
        let value = values[last]
        values[last] = values[other]
        values[other] = value
        last -= 1
      }
    }
  }

  /// Undoes the ``shuffle(_:)`` that began with this state of the source.
  func unshuffle(_ values: inout [Int]) {
    var source = self
    var others: [Int] = []
    while others.count < values.count - 1 { others.append(source.index(below: values.count - others.count)) }
    for last in 1..<max(values.count, 1) { values.swapAt(last, others[values.count - 1 - last]) }
  }
}

#if !hasFeature(Embedded)
  extension RandomSource: Codable {}
#endif
