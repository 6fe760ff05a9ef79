/// Work that is cut into pieces which do not depend on each other. A class, and not a closure, so that a training step can keep
/// one and need not allocate a new one each time.
open class PieceWork {
  /// For subclasses.
  public init() {}

  /// Does one piece. `scratch` is memory that no other piece uses at the same time.
  open func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {}
}
