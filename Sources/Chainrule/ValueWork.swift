import ChainruleKernels

extension ThreadPool {
  /// Fewer values than this aren't worth a second thread: they take only microseconds.
  static let worthSharing = 1 << 14

  /// Runs elementwise work in ranges that end at cache lines.
  func run<Work: RangeWork>(_ work: Work, values count: Int, scratch: UnsafeMutablePointer<Float>) {
    run(work, count: count, unit: 16, scratch: scratch)
  }
}

/// An activation.
struct ElementwiseWork: RangeWork {
  let loop: Kernels.Elementwise
  let sums: UnsafePointer<Float>
  let outputs: UnsafeMutablePointer<Float>
  let parameter: Float

  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let first = range.lowerBound
    loop(range.count, sums + first, outputs + first, parameter)
  }
}

/// An activation's derivative.
struct ElementwiseGradientWork: RangeWork {
  let loop: Kernels.ElementwiseGradient
  let sums: UnsafePointer<Float>
  let outputs: UnsafePointer<Float>
  let delta: UnsafeMutablePointer<Float>
  let parameter: Float

  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let first = range.lowerBound
    loop(range.count, sums + first, outputs + first, delta + first, parameter)
  }
}

/// An optimizer's update.
struct UpdateWork: RangeWork {
  let update: UpdateKernels.Update
  let parameters: UnsafeMutablePointer<Float>
  let gradients: UnsafePointer<Float>
  let moments: UnsafeMutablePointer<Float>
  let stride: Int
  let constants: UpdateConstants

  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let first = range.lowerBound
    update(range.count, parameters + first, gradients + first, moments + first, stride, constants)
  }
}

/// The largest magnitude of each piece, stored at the piece's index.
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

/// Work that is kept as an object.
struct ObjectWork: SharedWork {
  let object: PieceWork

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) { object.run(piece: piece, scratch: scratch) }
}
