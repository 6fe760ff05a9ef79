/// Forward products with weights that have been copied into an order which the loops like better, for whoever predicts again and
/// again with the same ones: a part of ``Kernels``, and an object, so that tables without it carry nothing of it.
public final class PackedKernels: Sendable {
  /// Whether that order is better for a layer, if it has more than a few rows to do.
  public let suits: @Sendable (_ shape: LayerShape) -> Bool
  /// How many floats the weights of a layer take in that order.
  public let count: @Sendable (_ shape: LayerShape) -> Int
  /// Reads a layer's weights, writes them in that order.
  public let pack:
    @Sendable (_ shape: LayerShape, _ weights: UnsafePointer<Float>, _ packed: UnsafeMutablePointer<Float>) -> Void
  /// As ``Kernels/affine``, bit for bit, with the weights in that order.
  public let affine: Kernels.Affine
  /// As ``Kernels/rectifiedAffine``, bit for bit, with the weights in that order.
  public let rectifiedAffine: Kernels.RectifiedAffine

  /// Creates the entries.
  public init(
    suits: @escaping @Sendable (LayerShape) -> Bool, count: @escaping @Sendable (LayerShape) -> Int,
    pack: @escaping @Sendable (LayerShape, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
    affine: @escaping Kernels.Affine, rectifiedAffine: @escaping Kernels.RectifiedAffine
  ) {
    self.suits = suits
    self.count = count
    self.pack = pack
    self.affine = affine
    self.rectifiedAffine = rectifiedAffine
  }
}
