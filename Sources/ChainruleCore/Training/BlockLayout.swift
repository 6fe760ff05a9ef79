/// How a batch is cut into blocks, and how the values of a block lie in memory: both follow from the schema and the batch's
/// capacity, never from the machine.
struct BlockLayout {
  /// Samples in a block, a multiple of the lanes if it has lanes.
  let rows: Int
  /// How many blocks a full batch has.
  let blocks: Int
  /// Whether samples stand side by side: for layers that are narrower than a vector.
  let usesLanes: Bool
  /// Whether a block takes so long that it pays to wake another thread for it, which is some microseconds.
  let isWorthSharing: Bool

  /// The most samples in a block of a small network: their values and its parameters fit a first cache.
  private static let blockRows = 64
  /// A network with more parameters does better with the whole batch at once, and threads in its products.
  private static let mostParameters = 1 << 14
  /// The widest layer that is computed with samples side by side.
  private static let widestLanes = 8

  init(of schema: Schema, capacity: Int, laneCount: Int) {
    // Loops that go along a sample's values want them one behind the other: those of softmax, and of normalizations.
    let isDense = schema.layers.allSatisfy { $0.kind == .dense }
    let isElementwise = schema.layers.dropLast().allSatisfy { $0.activation != .softmax }
    // Batch normalization looks at all samples of a batch.
    let isSeparable = schema.layers.allSatisfy { $0.kind != .batchNormalization }
    usesLanes = isDense && isElementwise && schema.widest <= BlockLayout.widestLanes && capacity >= 4
    let isCut = isSeparable && schema.parameterCount <= BlockLayout.mostParameters && capacity > BlockLayout.blockRows
    let most = isCut ? BlockLayout.blockRows : capacity
    rows = usesLanes ? (most + laneCount - 1) / laneCount * laneCount : most
    blocks = isCut ? (capacity + rows - 1) / rows : 1
    isWorthSharing = schema.parameterCount * rows >= 1 << 16
  }
}

/// Some samples of a batch that go through the network together.
struct Block {
  /// The number of the first one in the batch.
  let first: Int
  /// How many there are.
  let rows: Int
  /// Where the gradients go.
  let gradients: UnsafeMutablePointer<Float>
  /// For the kernels' own use.
  let scratch: UnsafeMutablePointer<Float>
}
