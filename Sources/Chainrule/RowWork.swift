import ChainruleKernels

extension LayerShape {
  /// In how many pieces a product's samples are worth being cut: one if there is little to do, else eight rows at least in each.
  var rowPieces: Int { rows * inputs * outputs < 1 << 17 ? 1 : max(1, min(8, rows / 8)) }

  /// The samples of one piece, whose ends are multiples of four as far as there are so many.
  fileprivate func rows(ofPiece piece: Int) -> (first: Int, shape: LayerShape) {
    let units = (rows + 3) / 4
    let first = units * piece / rowPieces * 4
    let end = min(units * (piece + 1) / rowPieces * 4, rows)
    return (first, LayerShape(rows: end - first, inputs: inputs, outputs: outputs))
  }
}

/// A layer's outputs for some of the samples.
struct AffineRows: SharedWork {
  enum Loop {
    case plain(Kernels.Affine)
    case rectified(Kernels.RectifiedAffine, UnsafeMutablePointer<Float>, slope: Float)
  }

  let loop: Loop
  let shape: LayerShape
  let inputs: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let biases: UnsafePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    let (first, part) = shape.rows(ofPiece: piece)
    let from = inputs + first * shape.inputs
    let to = first * shape.outputs
    switch loop {
    case .plain(let affine): affine(part, from, weights, biases, sums + to, scratch)
    case .rectified(let affine, let outputs, let slope):
      affine(part, from, weights, biases, sums + to, outputs + to, slope, scratch)
    }
  }
}

/// The derivatives by a layer's inputs for some of the samples.
struct InputGradientRows: SharedWork {
  enum Loop {
    case plain(Kernels.InputGradient)
    case rectified(Kernels.RectifiedInputGradient, UnsafePointer<Float>, slope: Float)
  }

  let loop: Loop
  let shape: LayerShape
  let delta: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let inputGradient: UnsafeMutablePointer<Float>

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    let (first, part) = shape.rows(ofPiece: piece)
    let from = delta + first * shape.outputs
    let to = first * shape.inputs
    switch loop {
    case .plain(let gradient): gradient(part, from, weights, inputGradient + to, scratch)
    case .rectified(let gradient, let sums, let slope):
      gradient(part, from, weights, sums + to, inputGradient + to, slope, scratch)
    }
  }
}
