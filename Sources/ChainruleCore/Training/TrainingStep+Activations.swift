import ChainruleKernels

// These functions read `kernels` from `self`: as an argument, the table would be copied in each call, a kilobyte.
extension TrainingStep {
  /// Computes `outputs` from `preActivations`, both (rows, columns).
  func apply(
    _ activation: Activation, rows: Int, columns: Int, preActivations z: UnsafePointer<Float>,
    outputs a: UnsafeMutablePointer<Float>
  ) {
    let count = rows * columns
    switch activation {
    case .linear: a.copy(from: z, count: count)
    case .relu: kernels.relu(count, z, a, 0)
    case .leakyReLU(let slope): kernels.leakyReLU(count, z, a, slope)
    case .elu(let depth): kernels.elu(count, z, a, depth)
    case .selu: kernels.selu(count, z, a, 0)
    case .gelu: kernels.gelu(count, z, a, 0)
    case .geluTanh: kernels.geluTanh(count, z, a, 0)
    case .silu: kernels.silu(count, z, a, 0)
    case .softplus: kernels.softplus(count, z, a, 0)
    case .softsign: kernels.softsign(count, z, a, 0)
    case .sigmoid: kernels.sigmoid(count, z, a, 0)
    case .hardSigmoid: kernels.hardSigmoid(count, z, a, 0)
    case .tanh: kernels.tanh(count, z, a, 0)
    case .softmax: kernels.softmax(rows, columns, z, a)
    }
  }

  /// Turns `delta`, the loss's derivative with respect to the outputs, into that with respect to the pre-activations,
  /// in place.
  func applyDerivative(
    of activation: Activation, rows: Int, columns: Int, preActivations z: UnsafePointer<Float>,
    outputs a: UnsafePointer<Float>, delta: UnsafeMutablePointer<Float>
  ) {
    let count = rows * columns
    switch activation {
    case .linear: break
    case .relu: kernels.reluGradient(count, z, a, delta, 0)
    case .leakyReLU(let slope): kernels.leakyReLUGradient(count, z, a, delta, slope)
    case .elu(let depth): kernels.eluGradient(count, z, a, delta, depth)
    case .selu: kernels.seluGradient(count, z, a, delta, 0)
    case .gelu: kernels.geluGradient(count, z, a, delta, 0)
    case .geluTanh: kernels.geluTanhGradient(count, z, a, delta, 0)
    case .silu: kernels.siluGradient(count, z, a, delta, 0)
    case .softplus: kernels.softplusGradient(count, z, a, delta, 0)
    case .softsign: kernels.softsignGradient(count, z, a, delta, 0)
    case .sigmoid: kernels.sigmoidGradient(count, z, a, delta, 0)
    case .hardSigmoid: kernels.hardSigmoidGradient(count, z, a, delta, 0)
    case .tanh: kernels.tanhGradient(count, z, a, delta, 0)
    case .softmax: kernels.softmaxGradient(rows, columns, a, delta)
    }
  }
}
