import ChainruleKernels

/// So many values make a piece of what goes over values one by one: some microseconds.
let onePiece = 1 << 15

/// Work on values one by one, in pieces whose length does not depend on the number of threads.
protocol ValueWork: SharedWork {
  var count: Int { get }

  func run(first: Int, count: Int)
}

extension ValueWork {
  /// How many pieces there are.
  var pieces: Int { (count + onePiece - 1) / onePiece }

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    let first = piece * onePiece
    run(first: first, count: min(onePiece, count - first))
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
