import ChainruleKernels

/// The numbers of a column, in the blocks in which they were read: to put them into one array would take as much memory
/// once more.
package struct NumberBlocks: RandomAccessCollection, Sendable {
  // Nobody writes to the blocks any more.
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

  /// Takes over blocks that hold so many numbers.
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

  /// Lends some numbers that lie one after another: rows of which only the first may be a multiple of 256.
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

  /// Lends the numbers block by block, each with the row at which it starts.
  package func forEachBlock(_ body: (Int, UnsafeBufferPointer<Double>) -> Void) {
    memory.blocks.forEachBlock(below: endIndex) { body($0, UnsafeBufferPointer($1)) }
  }
}
