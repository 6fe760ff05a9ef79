import ChainruleKernels

/// The passes of small dense networks, with interleaved samples: value i of a block's sample r is at i · blockRows + r.
/// Only the last layer is stored in rows, for the loss.
extension TrainingStep {
  func runLanesForward(_ network: NetworkPointers, inputs: UnsafePointer<Float>, block: Block) {
    let x = laneInputs.pointer + block.first * schema.inputs
    transpose(inputs, columns: schema.inputs, block: block, to: x, pad: .lastSample)
    var layerInputs = UnsafePointer(x)
    let last = slices.count - 1
    for (index, slice) in slices.enumerated() {
      // The last layer's sums are interleaved only briefly.
      let z = index == last ? delta(of: block) : preActivations(of: index, block)
      kernels.lanes.affine(
        shape(of: slice, block), blockRows, layerInputs, network.parameters + slice.weights.lowerBound,
        network.parameters + slice.biases.lowerBound, z)
      if index == last { break }
      let a = layerOutputs(of: index, block)
      forEachRun(of: slice, block) { start, count in
        apply(
          slice.activation, rows: 1, columns: count, preActivations: z + start, outputs: a + start)
      }
      layerInputs = UnsafePointer(a)
    }
    let columns = schema.outputs
    let sums = preActivations(of: last, block)
    let lanes = delta(of: block)
    if columns == 1 {
      sums.copy(from: lanes, count: block.rows)
    } else {
      for column in 0..<columns {
        for row in 0..<block.rows { sums[row * columns + column] = lanes[column * blockRows + row] }
      }
    }
    apply(
      slices[last].activation, rows: block.rows, columns: columns, preActivations: sums,
      outputs: layerOutputs(of: last, block))
  }

  /// Runs backward, from the derivative with respect to the last layer, in rows in `delta`, to the derivatives with
  /// respect to all parameters.
  func runLanesBackward(_ network: NetworkPointers, block: Block) {
    var index = slices.count - 1
    var delta = inputDelta(of: block)
    var inputDelta = self.delta(of: block)
    if !loss.includesActivation {
      applyDerivative(
        of: slices[index].activation, rows: block.rows, columns: schema.outputs,
        preActivations: preActivations(of: index, block),
        outputs: layerOutputs(of: index, block), delta: inputDelta)
    }
    transpose(inputDelta, columns: schema.outputs, block: block, to: delta, pad: .zero)
    while true {
      let slice = slices[index]
      let layerInputs =
        index == 0 ? laneInputs.pointer + block.first * schema.inputs : layerOutputs(of: index - 1, block)
      let shape = shape(of: slice, block)
      kernels.lanes.weightGradient(
        shape, blockRows, layerInputs, delta, block.gradients + slice.weights.lowerBound,
        block.gradients + slice.biases.lowerBound)
      if index == 0 { return }
      kernels.lanes.inputGradient(
        shape, blockRows, delta, network.parameters + slice.weights.lowerBound, inputDelta)
      swap(&delta, &inputDelta)
      index -= 1
      let z = preActivations(of: index, block)
      let a = layerOutputs(of: index, block)
      forEachRun(of: slices[index], block) { start, count in
        applyDerivative(
          of: slices[index].activation, rows: 1, columns: count, preActivations: z + start, outputs: a + start,
          delta: delta + start)
      }
    }
  }

  private func shape(of slice: LayerSlice, _ block: Block) -> LayerShape {
    LayerShape(rows: padded(block), inputs: slice.inputs, outputs: slice.outputs)
  }

  /// The block's number of samples, padded to whole vectors.
  private func padded(_ block: Block) -> Int {
    let lanes = kernels.lanes.laneCount  // a power of two
    return (block.rows + lanes - 1) & -lanes
  }

  /// Calls `body` for each contiguous run of a layer's values.
  @inline(__always)
  private func forEachRun(of slice: LayerSlice, _ block: Block, _ body: (_ start: Int, _ count: Int) -> Void) {
    let samples = padded(block)
    if samples == blockRows {
      body(0, slice.outputs * blockRows)
    } else {
      for output in 0..<slice.outputs { body(output * blockRows, samples) }
    }
  }

  /// How to fill the lanes after a block's last sample.
  private enum Padding {
    case lastSample, zero
  }

  /// Interleaves rows.
  private func transpose(
    _ rows: UnsafePointer<Float>, columns: Int, block: Block, to lanes: UnsafeMutablePointer<Float>, pad: Padding
  ) {
    let samples = padded(block)
    for column in 0..<columns {
      let lane = lanes + column * blockRows
      if columns == 1 {
        lane.copy(from: rows, count: block.rows)
      } else {
        for row in 0..<block.rows { lane[row] = rows[row * columns + column] }
      }
      // A copy of a sample is finite if the sample is, and with a derivative of zero it has no effect.
      let filling = pad == .zero ? 0 : lane[block.rows - 1]
      for row in block.rows..<samples { lane[row] = filling }
    }
  }
}
