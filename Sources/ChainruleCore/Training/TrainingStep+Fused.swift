import ChainruleKernels

/// Fused steps: each layer's weights are updated while its gradient is still in cache. The backward pass keeps each
/// layer's delta instead of computing the weights' gradients. Then, if an upper bound shows that no gradient can be too
/// large, the layers are updated one after another.
extension TrainingStep {
  /// Whether a step doesn't need the whole gradient at once, and the batch is large enough to be worth computing the
  /// bound.
  @inline(__always)
  func canFuse(_ optimizer: Optimizer, _ regularizer: Regularizer, rows: Int) -> Bool {
    #if hasFeature(Embedded)
      false  // The page has no such tables, so it doesn't load this code.
    #else
      canKeepDeltas && 2 * rows >= batchCapacity && optimizer.clipping == .none && regularizer.l1 == 0
        && regularizer.l2 == 0
    #endif
  }

  /// Whether fusing pays for at least one of these layers.
  static func suitsFusing(_ slices: [LayerSlice], rows: Int, _ kernels: Kernels) -> Bool {
    guard let fused = kernels.fused else { return false }
    return slices.contains {
      $0.kind == .dense && fused.suits(LayerShape(rows: rows, inputs: $0.inputs, outputs: $0.outputs))
    }
  }

  /// Updates the network, layer after layer, from the deltas that the backward pass has kept. If that could fail
  /// halfway, it computes the gradients instead, updates nothing, and returns false.
  @inline(never)
  func updateByLayers(
    _ network: inout Network, state: inout StepState, batch: TrainingBatch, optimizer: Optimizer
  ) -> Bool {
    hasGradients = batch.withPointers { inputs, _, _ in
      let isSafe = isSmall(gradientBound(inputs: inputs, rows: batch.rows), rates: optimizer)
      if isSafe {
        updateLayers(&network, state: &state, inputs: inputs, rows: batch.rows, optimizer: optimizer)
      } else {
        computeGradients(inputs: inputs, rows: batch.rows)
      }
      return !isSafe
    }
    return !hasGradients
  }

  /// An upper bound for every derivative of the last batch: the number of rows times the largest input of any layer
  /// times the largest delta. Leftovers of earlier batches can only make it larger, or NaN; then the step isn't fused.
  private func gradientBound(inputs: UnsafePointer<Float>, rows: Int) -> Float {
    let largestInput = kernels.largestMagnitude(rows * schema.inputs, inputs)
    let largestOutput = kernels.largestMagnitude(keptDeltas.count, outputValues)
    let largestDelta = kernels.largestMagnitude(keptDeltas.count, keptDeltas.pointer)
    // In this order NaN stays NaN.
    return Float(rows) * (1 + largestInput + largestOutput) * largestDelta
  }

  /// Computes the gradients that the backward pass has left out.
  private func computeGradients(inputs: UnsafePointer<Float>, rows: Int) {
    forEachDenseLayer(inputs: inputs, rows: rows) { index, shape, inputs, delta in
      kernels.weightGradient(
        shape, inputs, delta, parameterGradients.pointer + slices[index].weights.lowerBound,
        parameterGradients.pointer + slices[index].biases.lowerBound, scratch.pointer)
    }
  }

  /// Computes the gradients that the backward pass has left out, layer after layer, and updates the parameters by them.
  private func updateLayers(
    _ network: inout Network, state: inout StepState, inputs: UnsafePointer<Float>, rows: Int, optimizer: Optimizer
  ) {
    let frozen = network.frozen
    let constants = optimizer.nextConstants(&state)
    let rule = optimizer.rule(in: kernels.updates)
    let stride = state.moments.stride
    network.parameters.withUnsafeMutablePointer { parameters in
      state.moments.withUnsafeMutablePointer { moments in
        forEachDenseLayer(inputs: inputs, rows: rows) { index, shape, inputs, delta in
          if frozen[index] { return }
          let slice = slices[index]
          func update(of range: Range<Int>, _ constants: UpdateConstants) -> ParameterUpdate {
            ParameterUpdate(rule: rule, parameters: parameters, moments: moments, stride: stride, constants: constants)
              .advanced(by: range.lowerBound)
          }
          let weights = update(of: slice.weights, constants.weights)
          let weightGradients = parameterGradients.pointer + slice.weights.lowerBound
          let biasGradients = parameterGradients.pointer + slice.biases.lowerBound
          if let fused = kernels.fused, fused.suits(shape) {
            fused.updateWeights(shape, inputs, delta, weightGradients, biasGradients, weights, scratch.pointer)
          } else {
            kernels.weightGradient(shape, inputs, delta, weightGradients, biasGradients, scratch.pointer)
            weights.run(count: slice.weights.count, gradients: weightGradients)
          }
          update(of: slice.biases, constants.biases).run(count: slice.biases.count, gradients: biasGradients)
        }
      }
    }
  }

  /// Calls `body` for each dense layer, the last one first, with its inputs and the derivative with respect to its
  /// pre-activations.
  private func forEachDenseLayer(
    inputs: UnsafePointer<Float>, rows: Int,
    _ body: (_ index: Int, _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>) -> Void
  ) {
    // Dropout changes a delta in place.
    var place = slices.count - 1
    for index in slices.indices.reversed() where slices[index].kind == .dense {
      let slice = slices[index]
      body(
        index, LayerShape(rows: rows, inputs: slice.inputs, outputs: slice.outputs),
        index == 0 ? inputs : UnsafePointer(outputValues + valueOffsets[index - 1]), keptDelta(place))
      place = index - 1
    }
  }

  /// Where the backward pass writes the derivative with respect to a layer's outputs, and then its pre-activations.
  func keptDelta(_ layer: Int) -> UnsafeMutablePointer<Float> { keptDeltas.pointer + valueOffsets[layer] }
}
