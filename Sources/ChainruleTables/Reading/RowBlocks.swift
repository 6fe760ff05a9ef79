/// The memory of a growing column, in blocks that never move. The first ones are small, because most tables are.
struct RowBlocks<Element: BitwiseCopyable> {
  private var blocks: [UnsafeMutablePointer<Element>] = []
  /// The block that is being filled, shifted so that it can be indexed by row.
  private(set) var current: UnsafeMutablePointer<Element>

  init() { current = UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment)! }

  /// The number of rows in a block.
  static func size(_ index: Int) -> Int { 256 << min(index, 8) }

  /// The number of rows for which there is room.
  private(set) var capacity = 0

  /// Adds a block.
  mutating func grow() {
    let size = Self.size(blocks.count)
    let block = UnsafeMutablePointer<Element>.allocate(capacity: size)
    blocks.append(block)
    current = block - capacity
    capacity += size
  }

  /// Stores an element in any row for which there is room.
  func set(_ element: Element, row: Int) {
    let (block, offset) = Self.place(row)
    blocks[block][offset] = element
  }

  subscript(row: Int) -> Element {
    @inline(__always)
    get {
      let (block, offset) = Self.place(row)
      return blocks[block][offset]
    }
  }

  /// The address of a row. The following rows are contiguous, at least up to the next multiple of 256.
  func address(of row: Int) -> UnsafeMutablePointer<Element> {
    let (block, offset) = Self.place(row)
    return blocks[block] + offset
  }

  /// The block of a row, and its position there. Block i begins at row 256 (2ⁱ - 1), up to the ninth.
  @inline(__always)
  private static func place(_ row: Int) -> (block: Int, offset: Int) {
    let steps = (row >> 8) + 1
    if steps >= 512 {
      let beyond = row - (511 << 8)
      return (9 + (beyond >> 16), beyond & 0xffff)
    }
    let block = Int.bitWidth - 1 - steps.leadingZeroBitCount
    return (block, row - (((1 << block) - 1) << 8))
  }

  /// Frees all memory.
  mutating func free() {
    for block in blocks { block.deallocate() }
    blocks = []
    capacity = 0
  }

  /// Borrows the rows below `count`, block by block, each with the row at which it starts.
  func forEachBlock(below count: Int, _ body: (Int, UnsafeMutableBufferPointer<Element>) -> Void) {
    var start = 0
    for (index, block) in blocks.enumerated() where start < count {
      let size = min(Self.size(index), count - start)
      body(start, UnsafeMutableBufferPointer(start: block, count: size))
      start += Self.size(index)
    }
  }

  /// All rows below `count`, as an array.
  func array(_ count: Int) -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { all, initialized in
      forEachBlock(below: count) { start, block in
        if let base = block.baseAddress { (all.baseAddress! + start).initialize(from: base, count: block.count) }
      }
      initialized = count
    }
  }
}
