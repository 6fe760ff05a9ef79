import ChainruleKernels

/// What a perceptron does with its weighted sum.
public enum Activation: Equatable, Sendable {
  /// The sum itself.
  case linear
  /// max(z, 0).
  case relu
  /// z above zero, slope · z below.
  case leakyReLU(slope: Float = 0.01)
  /// 1 / (1 + e⁻ᶻ), between 0 and 1.
  case sigmoid
  /// The hyperbolic tangent, between −1 and 1.
  case tanh
  /// eᶻ / Σ eᶻ over the layer: positive values that sum to 1.
  case softmax

  /// The name by which a schema calls it.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .relu: "relu"
    case .leakyReLU: "leakyrelu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .softmax: "softmax"
    }
  }

  /// The number beside the name, if the activation takes one.
  var parameter: Float? {
    if case .leakyReLU(let slope) = self { slope } else { nil }
  }

  /// Every activation a schema can name, each with its default parameter.
  static var all: [Activation] { [.linear, .relu, .leakyReLU(), .sigmoid, .tanh, .softmax] }

  /// Computes `outputs` from `preActivations`, both (rows, columns).
  func apply(
    rows: Int, columns: Int, preActivations: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>,
    kernels: borrowing Kernels
  ) {
    let count = rows * columns
    switch self {
    case .linear: outputs.update(from: preActivations, count: count)
    case .relu: kernels.relu(count, preActivations, outputs, 0)
    case .leakyReLU(let slope): kernels.leakyReLU(count, preActivations, outputs, slope)
    case .sigmoid: kernels.sigmoid(count, preActivations, outputs, 0)
    case .tanh: kernels.tanh(count, preActivations, outputs, 0)
    case .softmax: kernels.softmax(rows, columns, preActivations, outputs)
    }
  }

  /// Turns `delta`, the loss's derivative by the outputs, into its derivative by the pre-activations, in place.
  func applyDerivative(
    rows: Int, columns: Int, preActivations: UnsafePointer<Float>, outputs: UnsafePointer<Float>,
    delta: UnsafeMutablePointer<Float>, kernels: borrowing Kernels
  ) {
    let count = rows * columns
    switch self {
    case .linear: break
    case .relu: kernels.reluGradient(count, preActivations, outputs, delta, 0)
    case .leakyReLU(let slope): kernels.leakyReLUGradient(count, preActivations, outputs, delta, slope)
    case .sigmoid: kernels.sigmoidGradient(count, preActivations, outputs, delta, 0)
    case .tanh: kernels.tanhGradient(count, preActivations, outputs, delta, 0)
    case .softmax: kernels.softmaxGradient(rows, columns, outputs, delta)
    }
  }
}
