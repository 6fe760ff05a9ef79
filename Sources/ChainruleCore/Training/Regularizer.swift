/// Penalties and limits that keep weights small. They don't apply to biases and normalizations.
///
/// ```swift
/// let elasticNet = Regularizer(l1: 0.0001, l2: 0.001)
/// ```
///
/// It can hold any number. Training checks them, and throws ``TrainingError/outOfRange(_:found:)``: penalties must be
/// from 0 to 10¹⁰, and the maximum norm must be above 0.
public struct Regularizer: Equatable, Sendable {
  /// λ of the penalty λ‖w‖₁, whose gradient is λ · sign(w): drives weights to zero.
  public var l1: Float
  /// λ of the penalty λ‖w‖², whose gradient is 2λw: keeps weights small. (PyTorch's `weight_decay` is 2λ.)
  public var l2: Float
  /// The maximum length of a perceptron's weight vector. After each step, longer vectors are shortened (Srebro, Rennie
  /// and Jaakkola 2005). By default there is no limit.
  public var maxNorm: Float?

  /// Creates a regularizer. By default it does nothing. With both penalties it's an elastic net (Zou and Hastie 2005).
  public init(l1: Float = 0, l2: Float = 0, maxNorm: Float? = nil) {
    self.l1 = l1
    self.l2 = l2
    self.maxNorm = maxNorm
  }

  /// The penalties that are added to the loss of `network`.
  public func penalty(of network: Network) -> Float {
    if l1 == 0 && l2 == 0 { return 0 }
    var squares: Float = 0
    var magnitudes: Float = 0
    for layer in network.slices where layer.kind == .dense {
      for i in layer.weights {
        let weight = network.parameters[i]
        squares += weight * weight
        magnitudes += weight.magnitude
      }
    }
    return l2 * squares + l1 * magnitudes
  }

  /// Shortens weight vectors that are too long.
  func constrain(_ parameters: UnsafeMutablePointer<Float>, of slice: LayerSlice) {
    guard let maxNorm, slice.kind == .dense else { return }
    let weights = parameters + slice.weights.lowerBound
    for output in 0..<slice.outputs {
      var squares: Double = 0
      for input in 0..<slice.inputs {
        let weight = Double(weights[input * slice.outputs + output])
        squares += weight * weight
      }
      let norm = squares.squareRoot()
      if norm <= Double(maxNorm) { continue }
      let factor = Float(Double(maxNorm) / norm)
      for input in 0..<slice.inputs { weights[input * slice.outputs + output] *= factor }
    }
  }
}
