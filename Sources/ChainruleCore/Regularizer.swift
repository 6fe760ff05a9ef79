/// A penalty on large weights, added to the loss. Biases are never penalised.
public struct Regularizer: Equatable, Sendable {
  /// λ of the penalty λ‖w‖², whose gradient is 2λw. (PyTorch's `weight_decay` is 2λ.)
  public var l2: Float

  /// Creates a penalty; none unless told otherwise.
  public init(l2: Float = 0) {
    self.l2 = l2
  }

  /// What the penalty adds to the loss of `network`.
  public func penalty(of network: Network) -> Float {
    if l2 == 0 { return 0 }
    var sum: Float = 0
    for layer in network.slices {
      for i in layer.weights { sum += network.parameters[i] * network.parameters[i] }
    }
    return l2 * sum
  }
}
