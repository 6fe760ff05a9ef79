/// Forward products with packed weights, for repeated prediction with the same weights: the weights are copied into the
/// order in which the loops read them. This part of ``Kernels`` is an object, so tables without it don't carry its
/// code.
public final class PackedKernels: Sendable {
  /// Whether packing pays for a layer with more than a few rows.
  public let suits: @Sendable (_ shape: LayerShape) -> Bool
  /// The number of floats that a layer's packed weights take.
  public let count: @Sendable (_ shape: LayerShape) -> Int
  /// Packs a layer's weights.
  public let pack:
    @Sendable (_ shape: LayerShape, _ weights: UnsafePointer<Float>, _ packed: UnsafeMutablePointer<Float>) -> Void
  /// As ``Kernels/affine``, bit for bit, with packed weights.
  public let affine: Kernels.Affine
  /// As ``Kernels/rectifiedAffine``, bit for bit, with packed weights.
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
