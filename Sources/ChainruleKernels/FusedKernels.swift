/// A layer's weight gradient and its update in one go, for large layers: each part of the gradient is used while it is in the
/// caches, and need not come back from memory. A part of ``Kernels``, and an object, so that tables without it carry nothing of it.
public final class FusedKernels: Sendable {
  /// For layers that it suits as ``Kernels/weightGradient``, bit for bit, and then the update of the weights. What `gradients`, which
  /// has room for all weights, holds afterwards is of no use to anybody; `biasGradients` holds the gradients of the biases.
  public typealias WeightUpdate =
    @Sendable (
      _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
      _ gradients: UnsafeMutablePointer<Float>, _ biasGradients: UnsafeMutablePointer<Float>,
      _ update: ParameterUpdate, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Whether that is faster for a layer.
  public let suits: @Sendable (_ shape: LayerShape) -> Bool
  /// Computes the gradient of a layer's weights, and updates them by it.
  public let updateWeights: WeightUpdate

  /// Creates the entries.
  public init(suits: @escaping @Sendable (LayerShape) -> Bool, updateWeights: @escaping WeightUpdate) {
    self.suits = suits
    self.updateWeights = updateWeights
  }
}

/// An update of parameters that lie one behind the other.
public struct ParameterUpdate {
  let rule: UpdateKernels.Update
  let parameters: UnsafeMutablePointer<Float>
  let moments: UnsafeMutablePointer<Float>
  let stride: Int
  let constants: UpdateConstants

  /// Creates an update.
  ///
  /// - Parameters:
  ///   - rule: an entry of ``UpdateKernels``.
  ///   - parameters: the first one.
  ///   - moments: the first one's first moment; any address for a rule without moments.
  ///   - stride: from a parameter's first moment to its second.
  ///   - constants: the same for all.
  public init(
    rule: @escaping UpdateKernels.Update, parameters: UnsafeMutablePointer<Float>,
    moments: UnsafeMutablePointer<Float>, stride: Int, constants: UpdateConstants
  ) {
    self.rule = rule
    self.parameters = parameters
    self.moments = moments
    self.stride = stride
    self.constants = constants
  }

  /// The update of the parameters from this one on.
  public func advanced(by count: Int) -> ParameterUpdate {
    ParameterUpdate(
      rule: rule, parameters: parameters + count, moments: stride == 0 ? moments : moments + count, stride: stride,
      constants: constants)
  }

  /// Updates the first `count` parameters by as many gradients.
  public func run(count: Int, gradients: UnsafePointer<Float>) {
    rule(count, parameters, gradients, moments, stride, constants)
  }
}
