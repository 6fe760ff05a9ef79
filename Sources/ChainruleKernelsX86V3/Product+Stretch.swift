extension Product {
  /// Some rows of the result and some steps of the depth.
  struct Stretch {
    let first: Int
    let end: Int
    let step: Int
    let steps: Int
    let left: UnsafePointer<Float>
    /// Whether `left` is a copy, with the rows of a tile interleaved step by step.
    let isCopied: Bool
    /// The rows that the tiles of the first panel still have to copy to `left`.
    var source: UnsafePointer<Float>?
    let panel: UnsafeMutablePointer<Float>
    /// Memory for a tile that reaches over an edge.
    let edge: UnsafeMutablePointer<Float>
  }
}
