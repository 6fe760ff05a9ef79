import ChainruleKernels

/// Work on values one by one, which can be cut anywhere.
protocol ValueWork {
  var count: Int { get }

  func run(first: Int, count: Int)
}

extension ThreadPool {
  /// Fewer values than this are not worth a second thread: they take some microseconds.
  static let worthSharing = 1 << 14

  /// Does such work in equal pieces, two for each thread.
  func run<Work: ValueWork>(_ work: Work, scratch: UnsafeMutablePointer<Float>) {
    let pieces = 2 * threadCount
    run(pieces: pieces, scratch: scratch, EqualPieces(work: work, pieces: pieces))
  }
}

/// Work on values in pieces whose ends are lines of a cache.
private struct EqualPieces<Work: ValueWork>: SharedWork {
  let work: Work
  let pieces: Int

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    let lines = (work.count + 15) / 16
    let first = lines * piece / pieces * 16
    work.run(first: first, count: min(lines * (piece + 1) / pieces * 16, work.count) - first)
  }
}

/// An activation.
struct ElementwiseWork: ValueWork {
  let loop: Kernels.Elementwise
  let count: Int
  let sums: UnsafePointer<Float>
  let outputs: UnsafeMutablePointer<Float>
  let parameter: Float

  func run(first: Int, count: Int) { loop(count, sums + first, outputs + first, parameter) }
}

/// An activation's derivative.
struct ElementwiseGradientWork: ValueWork {
  let loop: Kernels.ElementwiseGradient
  let count: Int
  let sums: UnsafePointer<Float>
  let outputs: UnsafePointer<Float>
  let delta: UnsafeMutablePointer<Float>
  let parameter: Float

  func run(first: Int, count: Int) { loop(count, sums + first, outputs + first, delta + first, parameter) }
}

/// An optimizer's update.
struct UpdateWork: ValueWork {
  let update: UpdateKernels.Update
  let count: Int
  let parameters: UnsafeMutablePointer<Float>
  let gradients: UnsafePointer<Float>
  let moments: UnsafeMutablePointer<Float>
  let stride: Int
  let constants: UpdateConstants

  func run(first: Int, count: Int) {
    update(count, parameters + first, gradients + first, moments + first, stride, constants)
  }
}

/// The largest magnitude of each piece, which is left at the piece's number.
struct ReductionWork: SharedWork {
  let loop: Kernels.Reduction
  let count: Int
  let pieces: Int
  let values: UnsafePointer<Float>
  let results: UnsafeMutablePointer<Float>

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    let first = count * piece / pieces
    results[piece] = loop(count * (piece + 1) / pieces - first, values + first)
  }
}

/// Work that somebody keeps as an object.
struct ObjectWork: SharedWork {
  let object: PieceWork

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) { object.run(piece: piece, scratch: scratch) }
}
