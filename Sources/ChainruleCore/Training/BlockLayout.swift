/// How a batch is cut into blocks, and how a block's values are laid out in memory. Both depend only on the schema and
/// the batch's capacity, never on the machine.
struct BlockLayout {
  /// Samples in a block, a multiple of the lanes if it has lanes.
  let rows: Int
  /// How many blocks a full batch has.
  let blocks: Int
  /// Whether samples are interleaved, which suits layers narrower than a vector.
  let usesLanes: Bool
  /// Whether a block takes long enough to be worth waking another thread, which costs some microseconds.
  let isWorthSharing: Bool

  /// The most samples in a block of a small network: their values and its parameters fit in the L1 cache.
  private static let blockRows = 64
  /// Networks with more parameters are faster with the whole batch at once, and with threads inside the products.
  private static let mostParameters = 1 << 14
  /// The widest layer for which samples are interleaved.
  private static let widestLanes = 8

  init(of schema: Schema, capacity: Int, laneCount: Int) {
    // Softmax and normalizations loop over a sample's values, so these must be contiguous.
    let isDense = schema.layers.allSatisfy { $0.kind == .dense }
    let isElementwise = schema.layers.dropLast().allSatisfy { $0.activation != .softmax }
    // Batch normalization needs all samples of a batch together.
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
  /// The index of the first one in the batch.
  let first: Int
  /// How many there are.
  let rows: Int
  /// Where the gradients are written.
  let gradients: UnsafeMutablePointer<Float>
  /// For the kernels' own use.
  let scratch: UnsafeMutablePointer<Float>
}
