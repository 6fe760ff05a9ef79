import ChainruleCore

/// Damages good inputs: it inserts pieces, removes and changes bytes, repeats parts, and mixes one input with another.
public struct Mutator {
  private let examples: [[UInt8]]
  private let pieces: [[UInt8]]
  private let mutations: Int
  /// The source of random numbers. Tests can draw from it too.
  public var random: RandomSource

  /// Creates a mutator.
  ///
  /// - Parameters:
  ///   - examples: good inputs, used in turn; at least one.
  ///   - pieces: pieces to insert; at least one.
  ///   - mutations: the most changes to one input.
  ///   - seed: fixes the damage.
  public init(examples: [[UInt8]], pieces: [[UInt8]], mutations: Int = 3, seed: UInt64) {
    self.examples = examples
    self.pieces = pieces
    self.mutations = mutations
    random = Fuzzing.random(seed)
  }

  /// Creates a mutator of texts.
  public init(examples: [String], pieces: [String], mutations: Int = 3, seed: UInt64) {
    self.init(
      examples: examples.map { Array($0.utf8) }, pieces: pieces.map { Array($0.utf8) }, mutations: mutations, seed: seed
    )
  }

  /// The next damaged input.
  public mutating func next() -> [UInt8] {
    var bytes = examples[random.index(below: examples.count)]
    for _ in 0...random.index(below: mutations) { damage(&bytes) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    let place = random.index(below: bytes.count + 1)
    switch random.index(below: 6) {
    case 0: bytes.insert(contentsOf: pieces[random.index(below: pieces.count)], at: place)
    case 1: bytes.removeSubrange(place..<min(place + 1 + random.index(below: 8), bytes.count))
    case 2: if place < bytes.count { bytes[place] = UInt8(random.index(below: 256)) }
    case 3: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.index(below: 8)) }
    case 4:
      let end = place + random.index(below: min(64, bytes.count - place) + 1)
      bytes.insert(contentsOf: bytes[place..<end], at: place)
    default:
      let other = examples[random.index(below: examples.count)]
      if other.isEmpty { return }
      let start = random.index(below: other.count)
      bytes.insert(contentsOf: other[start..<min(start + 12, other.count)], at: place)
    }
  }
}
