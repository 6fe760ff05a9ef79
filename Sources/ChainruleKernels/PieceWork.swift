/// Work in independent pieces. It's a class rather than a closure, so that a training step can keep one instead of
/// allocating a new one each time.
open class PieceWork {
  /// For subclasses.
  public init() {}

  /// Runs one piece. `scratch` is memory that no other piece uses at the same time.
  open func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {}
}
