#if arch(x86_64)
  import ChainruleKernelsX86V3

  extension Kernels {
    /// The three products of a layer, each on as many threads as pay off.
    ///
    /// Layers of one perceptron have special loops. Other rows of fewer than eight values are padded with zeros, unless
    /// the product is so small that the four lanes of the portable loops are faster.
    mutating func setProducts(_ pool: ThreadPool) {
      let narrow = self
      affine = { shape, inputs, weights, biases, outputs, scratch in
        if shape.fillsVectors {
          Kernels.runAffine(pool, shape, inputs, weights, biases, sums: outputs, scratch: scratch)
        } else {
          narrow.affine(shape, inputs, weights, biases, outputs, scratch)
        }
      }
      rectifiedAffine = { shape, inputs, weights, biases, sums, outputs, slope, scratch in
        if shape.fillsVectors {
          Kernels.runAffine(
            pool, shape, inputs, weights, biases, sums: sums, outputs: outputs, slope: slope, scratch: scratch)
        } else {
          narrow.rectifiedAffine(shape, inputs, weights, biases, sums, outputs, slope, scratch)
        }
      }
      packed = PackedKernels(
        suits: { X86V3.suitsPacking(inputs: $0.inputs, outputs: $0.outputs) },
        count: { X86V3.packedCount(inputs: $0.inputs, outputs: $0.outputs) },
        pack: { X86V3.pack(inputs: $0.inputs, outputs: $0.outputs, weights: $1, to: $2) },
        affine: { shape, inputs, weights, biases, outputs, scratch in
          Kernels.runAffine(
            pool, shape, inputs, weights, biases, sums: outputs, isPacked: true, scratch: scratch)
        },
        rectifiedAffine: { shape, inputs, weights, biases, sums, outputs, slope, scratch in
          Kernels.runAffine(
            pool, shape, inputs, weights, biases, sums: sums, outputs: outputs, slope: slope, isPacked: true,
            scratch: scratch)
        })
      weightGradient = { shape, inputs, delta, weightGradient, biasGradient, scratch in
        if shape.fillsVectors {
          Kernels.runWeightGradient(pool, shape, inputs, delta, weightGradient, biasGradient, scratch: scratch)
        } else {
          narrow.weightGradient(shape, inputs, delta, weightGradient, biasGradient, scratch)
        }
      }
      fused = FusedKernels(
        // Smaller gradients stay in cache anyway.
        suits: { $0.outputs >= 16 && $0.inputs * $0.outputs >= 1 << 18 },
        updateWeights: { shape, inputs, delta, gradients, biasGradients, update, scratch in
          let gradient = WeightGradientWork(
            shape: shape, inputs: inputs, delta: delta, weightGradient: gradients, biasGradient: biasGradients)
          let work = WeightUpdateWork(gradient: gradient, update: update)
          pool.run(work, of: shape, count: shape.inputs, unit: 6, scratch: scratch)
        })
      inputGradient = { shape, delta, weights, inputGradient, scratch in
        if shape.outputs == 1 || shape.inputs >= 8 {
          Kernels.runInputGradient(pool, shape, delta, weights, inputGradient, scratch: scratch)
        } else {
          narrow.inputGradient(shape, delta, weights, inputGradient, scratch)
        }
      }
      rectifiedInputGradient = { shape, delta, weights, sums, inputGradient, slope, scratch in
        if shape.outputs == 1 || shape.inputs >= 8 {
          Kernels.runInputGradient(
            pool, shape, delta, weights, inputGradient, sums: sums, slope: slope, scratch: scratch)
        } else {
          narrow.rectifiedInputGradient(shape, delta, weights, sums, inputGradient, slope, scratch)
        }
      }
    }

    private static func runAffine(
      _ pool: ThreadPool, _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ biases: UnsafePointer<Float>, sums: UnsafeMutablePointer<Float>, outputs: UnsafeMutablePointer<Float>? = nil,
      slope: Float = 1, isPacked: Bool = false, scratch: UnsafeMutablePointer<Float>
    ) {
      if shape.outputs == 1 && !isPacked {
        X86V3.singleAffine(
          rows: shape.rows, inputs: shape.inputs, values: inputs, weights: weights, bias: biases[0], result: sums)
        guard let outputs else { return }
        if slope == 0 {
          X86V3.relu(shape.rows, sums, outputs, 0)
        } else {
          X86V3.leakyReLU(shape.rows, sums, outputs, slope)
        }
        return
      }
      // A single panel of columns can't be divided, but its samples can.
      let isNarrow = shape.outputs <= 16
      let work = AffineWork(
        shape: shape, inputs: inputs, weights: weights, biases: biases, sums: sums, outputs: outputs, slope: slope,
        isCutInRows: isNarrow, isPacked: isPacked)
      pool.run(
        work, of: shape, count: isNarrow ? shape.rows : shape.outputs, unit: isNarrow ? 6 : 16, scratch: scratch)
    }

    private static func runWeightGradient(
      _ pool: ThreadPool, _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
      _ weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>,
      scratch: UnsafeMutablePointer<Float>
    ) {
      if shape.outputs == 1 {
        biasGradient[0] = X86V3.singleWeightGradient(
          rows: shape.rows, inputs: shape.inputs, values: inputs, delta: delta, result: weightGradient)
        return
      }
      let work = WeightGradientWork(
        shape: shape, inputs: inputs, delta: delta, weightGradient: weightGradient, biasGradient: biasGradient)
      pool.run(work, of: shape, count: shape.inputs, unit: 6, scratch: scratch)
    }

    private static func runInputGradient(
      _ pool: ThreadPool, _ shape: LayerShape, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ inputGradient: UnsafeMutablePointer<Float>, sums: UnsafePointer<Float>? = nil, slope: Float = 1,
      scratch: UnsafeMutablePointer<Float>
    ) {
      if shape.outputs == 1 {
        X86V3.singleInputGradient(
          rows: shape.rows, inputs: shape.inputs, delta: delta, weights: weights, result: inputGradient, sums: sums,
          slope: slope)
        return
      }
      let work = InputGradientWork(
        shape: shape, delta: delta, weights: weights, inputGradient: inputGradient, sums: sums, slope: slope)
      pool.run(work, of: shape, count: shape.inputs, unit: 16, scratch: scratch)
    }
  }

  extension LayerShape {
    /// Whether vectors of eight values pay off.
    fileprivate var fillsVectors: Bool { outputs == 1 || outputs >= 8 || inputs >= 16 }
  }

  /// Some of a layer's outputs for all samples, or all outputs for some samples.
  private struct AffineWork: RangeWork {
    let shape: LayerShape
    let inputs: UnsafePointer<Float>
    let weights: UnsafePointer<Float>
    let biases: UnsafePointer<Float>
    let sums: UnsafeMutablePointer<Float>
    let outputs: UnsafeMutablePointer<Float>?
    let slope: Float
    let isCutInRows: Bool
    let isPacked: Bool

    func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
      let rows = isCutInRows ? range : 0..<shape.rows
      let columns = isCutInRows ? 0..<shape.outputs : range
      let place = rows.lowerBound * shape.outputs
      X86V3.affine(
        rows: rows.count, inputs: shape.inputs, outputs: shape.outputs,
        values: inputs + rows.lowerBound * shape.inputs, weights: weights, biases: biases, result: sums + place,
        outputs: outputs.map { $0 + place }, slope: slope, columns: (columns.lowerBound, columns.upperBound),
        isPacked: isPacked, scratch: scratch)
    }
  }

  /// The gradients of the weights of some of a layer's inputs, and of a proportional part of its biases.
  private struct WeightGradientWork: RangeWork {
    let shape: LayerShape
    let inputs: UnsafePointer<Float>
    let delta: UnsafePointer<Float>
    let weightGradient: UnsafeMutablePointer<Float>
    let biasGradient: UnsafeMutablePointer<Float>

    func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
      X86V3.weightGradient(
        rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, values: inputs, delta: delta,
        result: weightGradient, range: (range.lowerBound, range.upperBound), scratch: scratch)
      runBiases(range)
    }

    /// The part of the biases that goes with these inputs.
    func runBiases(_ range: Range<Int>) {
      let all = max(shape.inputs, 1)
      let end = range.upperBound == shape.inputs ? shape.outputs : shape.outputs * range.upperBound / all
      X86V3.biasGradient(
        rows: shape.rows, outputs: shape.outputs, delta: delta, result: biasGradient,
        range: (shape.outputs * range.lowerBound / all, end))
    }
  }

  /// The same plus the update of these weights, one block of inputs at a time. Each block's gradient overwrites the one
  /// before.
  private struct WeightUpdateWork: RangeWork {
    let gradient: WeightGradientWork
    let update: ParameterUpdate

    func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
      let shape = gradient.shape
      let memory = gradient.weightGradient + range.lowerBound * shape.outputs
      let block = X86V3.gradientBlock(of: range.count)
      var first = range.lowerBound
      while first < range.upperBound {
        let end = min(first + block, range.upperBound)
        X86V3.weightGradient(
          rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, values: gradient.inputs + first,
          delta: gradient.delta, result: memory, range: (0, end - first), scratch: scratch)
        update.advanced(by: first * shape.outputs).run(count: (end - first) * shape.outputs, gradients: memory)
        first = end
      }
      gradient.runBiases(range)
    }
  }

  /// The derivatives with respect to some of a layer's inputs.
  private struct InputGradientWork: RangeWork {
    let shape: LayerShape
    let delta: UnsafePointer<Float>
    let weights: UnsafePointer<Float>
    let inputGradient: UnsafeMutablePointer<Float>
    let sums: UnsafePointer<Float>?
    let slope: Float

    func run(_ range: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
      X86V3.inputGradient(
        rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, delta: delta, weights: weights,
        result: inputGradient, sums: sums, slope: slope, range: (range.lowerBound, range.upperBound), scratch: scratch)
    }
  }
#endif
