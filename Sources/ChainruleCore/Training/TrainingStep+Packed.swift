import ChainruleKernels

/// Prediction with packed weights, in the order in which the kernels read them.
extension TrainingStep {
  /// With fewer rows than this, packed weights save nothing.
  private static let fewRows = 8

  /// Packs a network's weights. From then on, every forward pass uses them.
  func pack(_ network: borrowing Network) {
    guard let packed = kernels.packed, !packedOffsets.isEmpty else { return }
    network.withPointers { network in
      for (index, slice) in slices.enumerated() {
        guard let offset = packedOffsets[index] else { continue }
        packed.pack(
          LayerShape(rows: batchCapacity, inputs: slice.inputs, outputs: slice.outputs),
          network.parameters + slice.weights.lowerBound, packedWeights.pointer + offset)
      }
    }
  }

  /// Computes a layer's sums from its packed weights, and its outputs if it has a rectifier's slope. Returns false, and
  /// does nothing, if packing doesn't pay for this layer.
  func runPacked(
    _ layer: Int, _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ biases: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>, _ outputs: UnsafeMutablePointer<Float>, _ slope: Float?,
    _ scratch: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard shape.rows >= TrainingStep.fewRows, let offset = packedOffsets[layer], let packed = kernels.packed else {
      return false
    }
    let weights = UnsafePointer(packedWeights.pointer + offset)
    if let slope {
      packed.rectifiedAffine(shape, inputs, weights, biases, sums, outputs, slope, scratch)
    } else {
      packed.affine(shape, inputs, weights, biases, sums, scratch)
    }
    return true
  }
}
