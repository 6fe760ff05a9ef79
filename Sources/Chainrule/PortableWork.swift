import ChainruleKernels

/// A layer's sums for some of the samples, and the rectifier's outputs if requested.
struct PortableAffineWork: RangeWork {
  let shape: LayerShape
  let inputs: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let biases: UnsafePointer<Float>
  let sums: UnsafeMutablePointer<Float>
  var outputs: UnsafeMutablePointer<Float>?
  var slope: Float = 1

  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let part = LayerShape(rows: range.count, inputs: shape.inputs, outputs: shape.outputs)
    let from = inputs + range.lowerBound * shape.inputs
    let to = range.lowerBound * shape.outputs
    if let outputs {
      Kernels.portable.rectifiedAffine(part, from, weights, biases, sums + to, outputs + to, slope, scratch)
    } else {
      Kernels.portable.affine(part, from, weights, biases, sums + to, scratch)
    }
  }
}

/// The derivatives with respect to a layer's inputs for some of the samples, times those of the rectifier before it if
/// its sums are given.
struct PortableInputGradientWork: RangeWork {
  let shape: LayerShape
  let delta: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let inputGradient: UnsafeMutablePointer<Float>
  var sums: UnsafePointer<Float>?
  var slope: Float = 1

  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let part = LayerShape(rows: range.count, inputs: shape.inputs, outputs: shape.outputs)
    let from = delta + range.lowerBound * shape.outputs
    let to = range.lowerBound * shape.inputs
    if let sums {
      Kernels.portable.rectifiedInputGradient(part, from, weights, sums + to, inputGradient + to, slope, scratch)
    } else {
      Kernels.portable.inputGradient(part, from, weights, inputGradient + to, scratch)
    }
  }
}

/// The gradients of the weights of some of a layer's inputs.
struct PortableWeightGradientWork: RangeWork {
  let shape: LayerShape
  let inputs: UnsafePointer<Float>
  let delta: UnsafePointer<Float>
  let weightGradient: UnsafeMutablePointer<Float>
  let biasGradient: UnsafeMutablePointer<Float>

  func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    Kernels.portableWeightGradient(shape, ofInputs: range, inputs, delta, weightGradient, biasGradient)
  }
}
