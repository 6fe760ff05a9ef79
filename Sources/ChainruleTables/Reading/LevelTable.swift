/// The different spellings in a column, found by their bytes: a hash table with open addressing, and the bytes one after
/// the other.
struct LevelTable {
  struct Entry {
    /// The first eight bytes, the rest zero.
    let key: UInt64
    let offset: Int
    let length: Int
    /// The spelling's code; -1 if it means a missing value.
    let code: Int32
    /// The number it stands for; NaN if it's none.
    var number: Double
  }

  private(set) var entries: [Entry] = []
  /// How many different codes there are: missing values have none.
  private(set) var codeCount: Int32 = 0
  /// The position of each code's entry.
  private(set) var entryOfCode: [Int32] = []
  private var arena: [UInt8] = []
  /// Positions in `entries`, plus one; zero: free.
  private var slots: [Int32] = []

  /// The memory that the table takes.
  var memory: Int {
    entries.capacity * MemoryLayout<Entry>.stride + arena.capacity + slots.capacity * 4 + entryOfCode.capacity * 4
  }

  @inline(__always)
  static func key(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    return length >= 8 ? word : word & ((1 << UInt64(truncatingIfNeeded: length * 8)) &- 1)
  }

  @inline(__always)
  private static func hash(_ key: UInt64, _ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var hash = (key ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    if length > 8 {
      var offset = 8
      while offset < length {
        // The last word may overlap the one before.
        let at = min(offset, length - 8)
        let word = UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self)
        hash = (hash ^ hash >> 29 ^ UInt64(littleEndian: word)) &* 0xBF58_476D_1CE4_E5B9
        offset += 8
      }
    }
    return hash ^ hash >> 32
  }

  /// The position of a spelling's entry; -1 if it's a new one. Eight bytes must be readable at `start`.
  @inline(__always)
  func find(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
    if slots.isEmpty { return -1 }
    let key = Self.key(start, length)
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: Self.hash(key, start, length)) & mask
    return slots.withUnsafeBufferPointer { slots in
      entries.withUnsafeBufferPointer { entries in
        while true {
          let index = Int(slots[slot]) &- 1
          if index < 0 { return -1 }
          if entries[index].key == key, entries[index].length == length, length <= 8 || matches(index, start) {
            return index
          }
          slot = (slot &+ 1) & mask
        }
      }
    }
  }

  private func matches(_ index: Int, _ start: UnsafePointer<UInt8>) -> Bool {
    let (offset, length) = (entries[index].offset, entries[index].length)
    return arena.withUnsafeBufferPointer { arena in
      var position = 8
      while position < length {
        if arena[offset + position] != start[position] { return false }
        position += 1
      }
      return true
    }
  }

  /// Adds a spelling that isn't there yet.
  mutating func insert(_ start: UnsafePointer<UInt8>, _ length: Int, number: Double, isMissing: Bool) -> Int {
    if slots.count < (entries.count + 1) * 2 { grow() }
    let code = isMissing ? -1 : codeCount
    let key = Self.key(start, length)
    entries.append(Entry(key: key, offset: arena.count, length: length, code: code, number: number))
    arena.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
    if !isMissing {
      codeCount += 1
      entryOfCode.append(Int32(truncatingIfNeeded: entries.count - 1))
    }
    place(entries.count - 1, hash: Self.hash(key, start, length))
    return entries.count - 1
  }

  private mutating func place(_ index: Int, hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: index + 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: max(16, slots.count * 2))
    for index in entries.indices {
      let hash = withBytes(index) { Self.hash(entries[index].key, $0.baseAddress!, $0.count) }
      place(index, hash: hash)
    }
  }

  /// Lends the bytes of an entry.
  func withBytes<Result>(_ index: Int, _ body: (Bytes) -> Result) -> Result {
    arena.withUnsafeBufferPointer { arena in
      let entry = entries[index]
      return body(Bytes(start: arena.baseAddress! + entry.offset, count: entry.length))
    }
  }

  /// The code of an entry.
  @inline(__always)
  func code(ofEntry index: Int) -> Int32 { entries[index].code }

  /// Lends the bytes of a code's spelling.
  func withBytes<Result>(code: Int, _ body: (Bytes) -> Result) -> Result { withBytes(Int(entryOfCode[code]), body) }

  /// The spelling of a code.
  func text(code: Int) -> String { withBytes(Int(entryOfCode[code])) { $0.string } }

  /// The number of a code.
  func number(code: Int) -> Double { entries[Int(entryOfCode[code])].number }

  /// Says which number a code stands for.
  mutating func setNumber(_ number: Double, code: Int) { entries[Int(entryOfCode[code])].number = number }
}
