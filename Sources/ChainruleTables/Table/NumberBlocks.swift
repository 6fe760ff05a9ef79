import ChainruleKernels

/// The numbers of a column, in the blocks in which they were read: copying them to one array would double the memory.
package struct NumberBlocks: RandomAccessCollection, Sendable {
  // The blocks don't change any more.
  private final class Memory: @unchecked Sendable {
    let blocks: RowBlocks<Double>

    init(_ blocks: RowBlocks<Double>) { self.blocks = blocks }

    deinit {
      var blocks = blocks
      blocks.free()
    }
  }

  private let memory: Memory
  package let endIndex: Int

  package var startIndex: Int { 0 }

  /// Takes ownership of blocks with `count` numbers.
  init(_ blocks: RowBlocks<Double>, count: Int) {
    memory = Memory(blocks)
    endIndex = count
  }

  init(_ numbers: some Collection<Double>) {
    var blocks = RowBlocks<Double>()
    while blocks.capacity < numbers.count { blocks.grow() }
    for (row, number) in numbers.enumerated() { blocks.set(number, row: row) }
    self.init(blocks, count: numbers.count)
  }

  @inline(__always)
  package subscript(row: Int) -> Double {
    require(row >= 0 && row < endIndex, "found row \(row), expected one below \(endIndex)")
    return memory.blocks[row]
  }

  /// Borrows some contiguous numbers. Only the first row of the range may be a multiple of 256.
  @inline(__always)
  package func withRun<Result>(_ rows: Range<Int>, _ body: (UnsafePointer<Double>) -> Result) -> Result {
    require(
      rows.lowerBound >= 0 && rows.upperBound <= endIndex,
      "found rows \(rows.lowerBound)..<\(rows.upperBound), expected some below \(endIndex)")
    require(
      rows.isEmpty || rows.lowerBound >> 8 == (rows.upperBound - 1) >> 8,
      "found rows \(rows.lowerBound)..<\(rows.upperBound) of several blocks, expected those of one")
    return withExtendedLifetime(memory) { body(memory.blocks.address(of: rows.lowerBound)) }
  }

  /// Borrows the numbers block by block, each with the row at which it starts.
  package func forEachBlock(_ body: (Int, UnsafeBufferPointer<Double>) -> Void) {
    memory.blocks.forEachBlock(below: endIndex) { body($0, UnsafeBufferPointer($1)) }
  }
}
