extension Product {
  /// Some rows of the result and some steps of the depth.
  struct Stretch {
    let first: Int
    let end: Int
    let step: Int
    let steps: Int
    let left: UnsafePointer<Float>
    /// Whether `left` is a copy, in which the rows of a tile follow each other step by step.
    let isCopied: Bool
    /// What is still to be copied to `left`, by the tiles of the first panel.
    var source: UnsafePointer<Float>?
    let panel: UnsafeMutablePointer<Float>
    /// Room for a tile over the edge.
    let edge: UnsafeMutablePointer<Float>
  }
}
