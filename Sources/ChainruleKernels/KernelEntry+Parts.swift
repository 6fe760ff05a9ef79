extension KernelEntry {
  /// The products with interleaved samples. The number of samples fills every table's vectors.
  static let lanes: [KernelEntry] = [
    KernelEntry(name: "lanes.affine", operations: product) { kernels, shape, w in
      let (shape, stride) = whole(shape)
      let x = w.input(shape.inputs * stride)
      let weights = w.input(shape.inputs * shape.outputs)
      let biases = w.input(shape.outputs)
      let result = w.output(shape.outputs * stride)
      return { kernels.lanes.affine(shape, stride, x, weights, biases, result) }
    },
    KernelEntry(name: "lanes.weightGradient", operations: product) { kernels, shape, w in
      let (shape, stride) = whole(shape)
      let x = w.input(shape.inputs * stride)
      let delta = w.input(shape.outputs * stride)
      let weights = w.output(shape.inputs * shape.outputs)
      let result = w.output(shape.outputs)
      return { kernels.lanes.weightGradient(shape, stride, x, delta, weights, result) }
    },
    KernelEntry(name: "lanes.inputGradient", operations: product) { kernels, shape, w in
      let (shape, stride) = whole(shape)
      let delta = w.input(shape.outputs * stride)
      let weights = w.input(shape.inputs * shape.outputs)
      let result = w.output(shape.inputs * stride)
      return { kernels.lanes.inputGradient(shape, stride, delta, weights, result) }
    },
  ]

  private static func whole(_ shape: LayerShape) -> (LayerShape, stride: Int) {
    let rows = (shape.rows + 15) / 16 * 16
    return (LayerShape(rows: rows, inputs: shape.inputs, outputs: shape.outputs), rows + shape.inputs)
  }

  /// The loops of batch and layer normalization.
  static let normalizations: [KernelEntry] = [
    moments("batchMoments", isBatch: true) { $0.batchMoments },
    apply("batchApply", isBatch: true) { $0.batchApply },
    parameterGradient("batchParameterGradient", isBatch: true) { $0.batchParameterGradient },
    inputGradient("batchInputGradient", isBatch: true) { $0.batchInputGradient },
    moments("layerMoments", isBatch: false) { $0.layerMoments },
    apply("layerApply", isBatch: false) { $0.layerApply },
    parameterGradient("layerParameterGradient", isBatch: false) { $0.layerParameterGradient },
    inputGradient("layerInputGradient", isBatch: false) { $0.layerInputGradient },
  ]

  /// The loops that change gradients and parameters.
  static let updates: [KernelEntry] = [
    KernelEntry(name: "updates.penalize", operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let parameters = w.input(count)
      let changed = w.changed(count)
      return { kernels.updates.penalize(count, changed, parameters, 0.02, 0.01) }
    },
    KernelEntry(name: "updates.clip", operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let changed = w.changed(count)
      return { kernels.updates.clip(count, changed, 0.5) }
    },
    KernelEntry(name: "updates.scale", operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let changed = w.changed(count)
      return { kernels.updates.scale(count, changed, 0.3) }
    },
    KernelEntry(name: "updates.add", operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let other = w.input(count)
      let changed = w.changed(count)
      return { kernels.updates.add(count, changed, other) }
    },
    KernelEntry(name: "updates.sumOfSquares", operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let result = w.output(1)
      let values = w.input(count)
      return { result[0] = Float(kernels.updates.sumOfSquares(count, values)) }
    },
    update("descend") { $0.descend }, update("momentum") { $0.momentum }, update("adagrad") { $0.adagrad },
    update("adadelta") { $0.adadelta }, update("rmsProp") { $0.rmsProp },
    update("centeredRMSProp") { $0.centeredRMSProp }, update("adam") { $0.adam }, update("amsGrad") { $0.amsGrad },
    update("adaMax") { $0.adaMax }, update("lion") { $0.lion },
  ]

  private static func update(
    _ name: String, _ entry: @escaping @Sendable (UpdateKernels) -> UpdateKernels.Update
  ) -> KernelEntry {
    KernelEntry(name: "updates." + name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      var constants = UpdateConstants(rate: 0.1)
      constants.shrink = 0.99
      constants.decay = 0.9
      constants.gain = 0.1
      constants.secondDecay = 0.99
      constants.secondGain = 0.01
      constants.epsilon = 0.01
      constants.gradientShare = 0.5
      constants.scale = 1.5
      let gradients = w.input(count)
      let parameters = w.changed(count)
      let moments = w.changedMagnitudes(3 * count)
      return { entry(kernels.updates)(count, parameters, gradients, moments, count, constants) }
    }
  }

  private static func moments(
    _ name: String, isBatch: Bool,
    _ entry: @escaping @Sendable (NormalizationKernels) -> NormalizationKernels.Moments
  ) -> KernelEntry {
    KernelEntry(name: "normalization." + name, operations: single) { kernels, shape, w in
      let x = w.input(shape.rows * shape.outputs)
      let count = isBatch ? shape.outputs : shape.rows
      let means = w.output(count)
      let result = w.output(count)
      return { entry(kernels.normalization)(shape.rows, shape.outputs, 0.01, x, means, result) }
    }
  }

  private static func apply(
    _ name: String, isBatch: Bool,
    _ entry: @escaping @Sendable (NormalizationKernels) -> NormalizationKernels.Apply
  ) -> KernelEntry {
    KernelEntry(name: "normalization." + name, operations: single) { kernels, shape, w in
      let x = w.input(shape.rows * shape.outputs)
      let count = isBatch ? shape.outputs : shape.rows
      let means = w.input(count)
      let scales = w.input(count)
      let gains = w.input(shape.outputs)
      let shifts = w.input(shape.outputs)
      let result = w.output(shape.rows * shape.outputs)
      return { entry(kernels.normalization)(shape.rows, shape.outputs, x, means, scales, gains, shifts, result) }
    }
  }

  private static func parameterGradient(
    _ name: String, isBatch: Bool,
    _ entry: @escaping @Sendable (NormalizationKernels) -> NormalizationKernels.ParameterGradient
  ) -> KernelEntry {
    KernelEntry(name: "normalization." + name, operations: single) { kernels, shape, w in
      let x = w.input(shape.rows * shape.outputs)
      let count = isBatch ? shape.outputs : shape.rows
      let means = w.input(count)
      let scales = w.input(count)
      let delta = w.input(shape.rows * shape.outputs)
      let gains = w.output(shape.outputs)
      let result = w.output(shape.outputs)
      return { entry(kernels.normalization)(shape.rows, shape.outputs, x, means, scales, delta, gains, result) }
    }
  }

  private static func inputGradient(
    _ name: String, isBatch: Bool,
    _ entry: @escaping @Sendable (NormalizationKernels) -> NormalizationKernels.InputGradient
  ) -> KernelEntry {
    KernelEntry(name: "normalization." + name, operations: single) { kernels, shape, w in
      let x = w.input(shape.rows * shape.outputs)
      let count = isBatch ? shape.outputs : shape.rows
      let means = w.input(count)
      let scales = w.input(count)
      let gains = w.input(shape.outputs)
      let gainGradient = w.input(shape.outputs)
      let shiftGradient = w.input(shape.outputs)
      let changed = w.changed(shape.rows * shape.outputs)
      return {
        entry(kernels.normalization)(
          shape.rows, shape.outputs, x, means, scales, gains, gainGradient, shiftGradient, changed)
      }
    }
  }
}
