/// A layer's weight gradient and update in one pass, for large layers: each part of the gradient is used while it's
/// still in cache. This part of ``Kernels`` is an object, so tables without it don't carry its code.
public final class FusedKernels: Sendable {
  /// Computes the gradients of weights and biases, as ``Kernels/weightGradient`` does, bit for bit, then updates the
  /// weights. `gradients` has room for all weights, and its contents are unspecified afterwards; `biasGradients` holds
  /// the gradients of the biases.
  public typealias WeightUpdate =
    @Sendable (
      _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
      _ gradients: UnsafeMutablePointer<Float>, _ biasGradients: UnsafeMutablePointer<Float>,
      _ update: ParameterUpdate, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Whether this is faster for a layer.
  public let suits: @Sendable (_ shape: LayerShape) -> Bool
  /// Computes the gradient of a layer's weights, and updates them.
  public let updateWeights: WeightUpdate

  /// Creates the entries.
  public init(suits: @escaping @Sendable (LayerShape) -> Bool, updateWeights: @escaping WeightUpdate) {
    self.suits = suits
    self.updateWeights = updateWeights
  }
}

/// An update of contiguous parameters.
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
  ///   - parameters: the address of the first one.
  ///   - moments: the address of the first one's first moment; any address for a rule without moments.
  ///   - stride: the distance from a parameter's first moment to its second.
  ///   - constants: the constants, the same for all parameters.
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

  /// The update of the parameters after the first `count`.
  public func advanced(by count: Int) -> ParameterUpdate {
    ParameterUpdate(
      rule: rule, parameters: parameters + count, moments: stride == 0 ? moments : moments + count, stride: stride,
      constants: constants)
  }

  /// Updates the first `count` parameters from their gradients.
  public func run(count: Int, gradients: UnsafePointer<Float>) {
    rule(count, parameters, gradients, moments, stride, constants)
  }
}
