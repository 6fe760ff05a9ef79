import ChainruleKernels

/// The forward pass alone, and access to intermediate values.
extension TrainingStep {
  /// Runs a batch forward; the values can be read with ``outputs(ofLayer:row:)`` until the next call.
  public func forward(_ network: borrowing Network, inputs: [Float], rows: Int) {
    checkNetwork(network)
    checkBatch(inputs: inputs, rows: rows)
    inputs.withUnsafeBufferPointer { inputs in
      network.withPointers { network in
        runForward(network, inputs: inputs.baseAddress!, rows: rows, mode: .evaluation)
      }
    }
  }

  /// The outputs for any number of rows, in pieces of ``batchCapacity``.
  ///
  /// - Parameters:
  ///   - inputs: (rows, inputs), row by row.
  ///   - outputs: (rows, outputs), row by row; must be large enough. If inputs or weights are so large that a sum
  ///     overflows, an output is infinite or NaN.
  public func predict(_ network: borrowing Network, inputs: [Float], rows: Int, into outputs: inout [Float]) {
    checkNetwork(network)
    require(
      rows >= 0 && inputs.count >= rows * schema.inputs,
      "found \(inputs.count.counted("input")) for \(rows.counted("row")) of \(schema.inputs); they must fill the rows")
    require(
      outputs.count >= rows * schema.outputs,
      "found room for \(outputs.count.counted("output")), expected \(rows * schema.outputs) for \(rows.counted("row"))")
    if rows == 0 { return }
    inputs.withUnsafeBufferPointer { inputs in
      network.withPointers { network in
        outputs.withUnsafeMutableBufferPointer { outputs in
          var done = 0
          while done < rows {
            let piece = min(batchCapacity, rows - done)
            let x = inputs.baseAddress! + done * schema.inputs
            runForward(network, inputs: x, rows: piece, mode: .evaluation)
            let target = outputs.baseAddress! + done * schema.outputs
            target.copy(from: lastOutputs, count: piece * schema.outputs)
            done += piece
          }
        }
      }
    }
  }

  /// The weighted mean loss over all samples of `data`; 0 if there are none. If an output isn't finite, neither is the
  /// loss. Targets aren't checked: ``Dataset/check(for:loss:)`` checks them, as does
  /// ``Network/meanLoss(_:on:kernels:)``.
  public func meanLoss(_ network: borrowing Network, on data: Dataset) -> Float {
    checkNetwork(network)
    require(
      data.inputCount == schema.inputs && data.targetCount == schema.outputs,
      TrainingError.mismatch(schema: schema, inputCount: data.inputCount, targetCount: data.targetCount).message)
    if data.count == 0 { return 0 }
    let samples = TrainingBatch(inputs: data.inputs, targets: data.targets, weights: data.weights, rows: data.count)
    return samples.withPointers { inputs, targets, weights in
      network.withPointers { network in
        var total: Double = 0
        var totalWeight: Double = 0
        var done = 0
        while done < data.count {
          let piece = min(batchCapacity, data.count - done)
          runForward(network, inputs: inputs + done * schema.inputs, rows: piece, mode: .evaluation)
          var pieceWeights: UnsafePointer<Float>?
          if let weights { pieceWeights = weights + done }
          // The last layer is stored in rows, so we can compute the loss of the whole batch.
          let batch = lossBatch(
            targets: targets + done * schema.outputs, weights: pieceWeights, block: wholeBatch(rows: piece))
          let sum = loss.sum(
            batch, terms: delta.pointer, squaredDistance: kernels.squaredDistance, softplus: kernels.softplus)
          total += Double(sum)
          totalWeight += Double(Loss.totalWeight(pieceWeights, rows: piece))
          done += piece
        }
        return totalWeight == 0 ? 0 : Float(total / totalWeight)
      }
    }
  }

  // MARK: Intermediate values

  /// A layer's outputs for one sample of the last batch. Layers and samples count from 0.
  public func outputs(ofLayer layer: Int, row: Int) -> [Float] {
    checkRow(row)
    checkLayer(layer)
    return rows(row..<(row + 1), ofLayer: layer, in: outputValues)
  }

  /// A layer's pre-activations for one sample of the last batch: each perceptron's weighted sum z.
  public func sums(ofLayer layer: Int, row: Int) -> [Float] {
    checkRow(row)
    checkLayer(layer)
    return rows(row..<(row + 1), ofLayer: layer, in: preActivations.pointer)
  }

  /// A layer's outputs for the first samples of the last batch, (rows, outputs).
  public func outputs(ofLayer layer: Int, rows: Int) -> [Float] {
    checkRows(rows)
    checkLayer(layer)
    return self.rows(0..<rows, ofLayer: layer, in: outputValues)
  }

  /// The derivatives of the last batch's mean loss with respect to a layer's weights, as (outputs, inputs), or its
  /// gains. They include the penalty's.
  public func weightGradients(ofLayer layer: Int) -> [Float] {
    checkHasGradients()
    checkLayer(layer)
    return slices[layer].orderedWeights(of: parameterGradients.pointer)
  }

  /// The derivatives of the last batch's mean loss with respect to a layer's biases, or its shifts.
  public func biasGradients(ofLayer layer: Int) -> [Float] {
    checkHasGradients()
    checkLayer(layer)
    let biases = slices[layer].biases
    return Array(UnsafeBufferPointer(start: parameterGradients.pointer + biases.lowerBound, count: biases.count))
  }

  /// The Euclidean length of the last batch's gradient with respect to a layer's parameters.
  public func gradientNorm(ofLayer layer: Int) -> Float {
    checkHasGradients()
    checkLayer(layer)
    let range = slices[layer].parameters
    let gradients = parameterGradients.pointer + range.lowerBound
    return Float(kernels.updates.sumOfSquares(range.count, gradients).squareRoot())
  }

  private func checkHasGradients() {
    require(
      hasGradients,
      "the last step used its derivatives layer by layer, and left none: differentiate, or set the table's fused to nil"
    )
  }

  private func checkRow(_ row: Int) {
    require(row >= 0 && row < batchCapacity, "found the row \(row); the rows of a batch are 0 to \(batchCapacity - 1)")
  }

  func checkRows(_ rows: Int) {
    require(
      rows >= 0 && rows <= batchCapacity,
      "found \(rows.counted("row")); a batch of this step has up to \(batchCapacity)")
  }

  func checkLayer(_ layer: Int) {
    require(
      slices.indices.contains(layer), "found the layer number \(layer); the layers are 0 to \(slices.count - 1)")
  }
}
