import ChainruleKernels

/// Work on a range of indices, which can be cut anywhere.
protocol RangeWork {
  /// Runs a part of it. `scratch` is memory of the current thread.
  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>)
}

extension ThreadPool {
  /// Runs the indices below `count` in equal ranges, two per thread. Their ends are multiples of `unit`.
  @inline(__always)
  func run<Work: RangeWork>(_ work: Work, count: Int, unit: Int, scratch: UnsafeMutablePointer<Float>) {
    if threadCount == 1 { return work.run(0..<count, scratch: scratch) }
    let pieces = min((count + unit - 1) / unit, 2 * threadCount)
    run(pieces: pieces, scratch: scratch, Ranges(work: work, count: count, unit: unit, pieces: pieces))
  }

  /// The same for a product of this shape. A small one runs on the caller's thread, because waking another takes
  /// microseconds.
  @inline(__always)
  func run<Work: RangeWork>(
    _ work: Work, of shape: LayerShape, count: Int, unit: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    if shape.rows * shape.inputs * shape.outputs < 1 << 17 {
      work.run(0..<count, scratch: scratch)
    } else {
      run(work, count: count, unit: unit, scratch: scratch)
    }
  }
}

/// Such work, as pieces.
private struct Ranges<Work: RangeWork>: SharedWork {
  let work: Work
  let count: Int
  let unit: Int
  let pieces: Int

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    let units = (count + unit - 1) / unit
    let first = units * piece / pieces * unit
    work.run(first..<min(units * (piece + 1) / pieces * unit, count), scratch: scratch)
  }
}
