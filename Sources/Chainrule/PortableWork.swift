import ChainruleKernels

extension LayerShape {
  /// In how many pieces a product's samples are worth being cut.
  var rowPieces: Int { pieces(of: rows) }
  /// In how many pieces a layer's inputs are worth being cut.
  var inputPieces: Int { pieces(of: inputs) }

  /// One if there is little to do, else at least eight of what is cut in each.
  private func pieces(of count: Int) -> Int { rows * inputs * outputs < 1 << 17 ? 1 : max(1, min(8, count / 8)) }

  /// The samples of one piece.
  fileprivate func rows(ofPiece piece: Int) -> (first: Int, shape: LayerShape) {
    let range = LayerShape.range(ofPiece: piece, of: rowPieces, count: rows)
    return (range.lowerBound, LayerShape(rows: range.count, inputs: inputs, outputs: outputs))
  }

  /// The inputs of one piece.
  fileprivate func inputs(ofPiece piece: Int) -> Range<Int> {
    LayerShape.range(ofPiece: piece, of: inputPieces, count: inputs)
  }

  /// Ranges whose ends are multiples of four as far as there are so many.
  private static func range(ofPiece piece: Int, of pieces: Int, count: Int) -> Range<Int> {
    let units = (count + 3) / 4
    return (units * piece / pieces * 4)..<min(units * (piece + 1) / pieces * 4, count)
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

/// The gradients of the weights of some of a layer's inputs, by the portable loop.
struct WeightGradientPieces: SharedWork {
  let shape: LayerShape
  let inputs: UnsafePointer<Float>
  let delta: UnsafePointer<Float>
  let weightGradient: UnsafeMutablePointer<Float>
  let biasGradient: UnsafeMutablePointer<Float>

  func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
    Kernels.portableWeightGradient(
      shape, ofInputs: shape.inputs(ofPiece: piece), inputs, delta, weightGradient, biasGradient)
  }
}
