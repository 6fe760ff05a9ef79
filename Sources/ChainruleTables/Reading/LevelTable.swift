/// The different spellings in a column, found by their bytes: a hash table with open addressing, and the spellings'
/// bytes one after another.
struct LevelTable {
  private struct Entry {
    let offset: Int
    let length: Int
    /// The number; NaN if it isn't one.
    var number: Double
  }

  /// Everything needed to find a spelling of up to eight bytes, in a quarter of a cache line.
  private struct Slot {
    /// The spelling itself, padded with zeros, if it has up to eight bytes; otherwise its hash.
    let key: UInt64
    /// −1 if the slot is free.
    let length: Int32
    /// An index in `entries`.
    let entry: Int32

    static var free: Slot { Slot(key: 0, length: -1, entry: 0) }
  }

  private var entries: [Entry] = []
  /// A copy of each entry's code, for the lookup of every cell.
  private var codes: [Int32] = []
  /// The number of different codes. Missing values have none.
  private(set) var codeCount: Int32 = 0
  /// The position of each code's entry.
  private var entryOfCode: [Int32] = []
  private var arena: [UInt8] = []
  private var slots: [Slot] = []

  /// The memory that the table uses.
  var memory: Int {
    entries.capacity * MemoryLayout<Entry>.stride + arena.capacity + slots.capacity * MemoryLayout<Slot>.stride
      + (codes.capacity + entryOfCode.capacity) * 4
  }

  @inline(__always)
  private static func word(_ start: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
  }

  /// The key that distinguishes a spelling from others of its length.
  @inline(__always)
  private static func key(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let first = word(start, 0)
    if length < 8 { return first & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1) }
    return length == 8 ? first : longKey(start, length, first)
  }

  @inline(__always)
  private static func longKey(_ start: UnsafePointer<UInt8>, _ length: Int, _ first: UInt64) -> UInt64 {
    var hash = first &* 0x9E37_79B9_7F4A_7C15
    var offset = 8
    while offset < length {
      // The last word may overlap the one before.
      hash = (hash ^ hash >> 29 ^ word(start, min(offset, length &- 8))) &* 0xBF58_476D_1CE4_E5B9
      offset &+= 8
    }
    return hash
  }

  /// The first slot to look for a key. The upper bits of a product depend on all bits of the key.
  @inline(__always)
  private static func place(_ key: UInt64, _ length: Int) -> Int {
    let product = (key ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product >> 32)
  }

  /// The index of a spelling's entry; −1 if it's new. Eight bytes must be readable at `start`.
  @inline(__always)
  func find(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
    if slots.isEmpty { return -1 }
    let key = Self.key(start, length)
    let mask = slots.count &- 1
    return slots.withUnsafeBufferPointer { slots in
      var place = Self.place(key, length) & mask
      while true {
        let slot = slots[place]
        if slot.key == key, Int(slot.length) == length, length <= 8 || matches(Int(slot.entry), start) {
          return Int(slot.entry)
        }
        if slot.length < 0 { return -1 }
        place = (place &+ 1) & mask
      }
    }
  }

  /// Whether an entry of more than eight bytes is the spelling. Compares eight bytes at a time.
  private func matches(_ index: Int, _ start: UnsafePointer<UInt8>) -> Bool {
    let (offset, length) = (entries[index].offset, entries[index].length)
    return arena.withUnsafeBufferPointer { arena in
      let known = arena.baseAddress! + offset
      var position = 0
      while position < length {
        let at = min(position, length &- 8)
        if Self.word(known, at) != Self.word(start, at) { return false }
        position &+= 8
      }
      return true
    }
  }

  /// Adds a spelling that isn't there yet.
  mutating func insert(_ start: UnsafePointer<UInt8>, _ length: Int, number: Double, isMissing: Bool) -> Int {
    if slots.count < (entries.count + 1) * 2 { grow() }
    let code = isMissing ? -1 : codeCount
    let index = Int32(truncatingIfNeeded: entries.count)
    entries.append(Entry(offset: arena.count, length: length, number: number))
    codes.append(code)
    arena.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
    if !isMissing {
      codeCount += 1
      entryOfCode.append(index)
    }
    place(Slot(key: Self.key(start, length), length: Int32(truncatingIfNeeded: length), entry: index))
    return Int(index)
  }

  private mutating func place(_ slot: Slot) {
    let mask = slots.count - 1
    var place = Self.place(slot.key, Int(slot.length)) & mask
    while slots[place].length >= 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: .free, count: max(16, old.count * 2))
    for slot in old where slot.length >= 0 { place(slot) }
  }

  /// The code of an entry.
  @inline(__always)
  func code(ofEntry index: Int) -> Int32 { codes[index] }

  /// Borrows the bytes of a code's spelling.
  func withBytes<Result>(code: Int, _ body: (Bytes) -> Result) -> Result {
    let entry = entries[Int(entryOfCode[code])]
    return arena.withUnsafeBufferPointer { body(Bytes(start: $0.baseAddress! + entry.offset, count: entry.length)) }
  }

  /// The spelling of a code.
  func text(code: Int) -> String { withBytes(code: code) { $0.string } }

  /// The number of a code.
  func number(code: Int) -> Double { entries[Int(entryOfCode[code])].number }

  /// Sets the number of a code.
  mutating func setNumber(_ number: Double, code: Int) { entries[Int(entryOfCode[code])].number = number }
}
