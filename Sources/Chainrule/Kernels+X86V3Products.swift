#if arch(x86_64)
  import ChainruleKernelsX86V3

  extension Kernels {
    /// Products of fewer multiply-adds than this are not worth a second thread: it takes microseconds to get one.
    private static let worthSharing = 1 << 17

    /// The three products of a layer, each on as many threads as it is worth.
    ///
    /// Layers of a single perceptron have loops of their own. Other rows of fewer than eight values are filled up with zeros, unless
    /// there is little else to do: there the four lanes of the portable loops do better.
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
        // Smaller ones are read as they lie anyhow.
        suits: { $0.outputs >= 8 && $0.inputs > 64 && $0.inputs * $0.outputs > 8_192 },
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
      // One panel of columns can't be shared, but its samples can.
      let isNarrow = shape.outputs <= 16
      share(
        pool, shape, isNarrow ? shape.rows : shape.outputs, unit: isNarrow ? 6 : 16, scratch: scratch,
        AffineWork(
          shape: shape, inputs: inputs, weights: weights, biases: biases, sums: sums, outputs: outputs, slope: slope,
          isCutInRows: isNarrow, isPacked: isPacked))
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
      share(
        pool, shape, shape.inputs, unit: 6, scratch: scratch,
        WeightGradientWork(
          shape: shape, inputs: inputs, delta: delta, weightGradient: weightGradient, biasGradient: biasGradient))
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
      share(
        pool, shape, shape.inputs, unit: 16, scratch: scratch,
        InputGradientWork(
          shape: shape, delta: delta, weights: weights, inputGradient: inputGradient, sums: sums, slope: slope))
    }

    /// Cuts `count` into ranges whose ends are multiples of `unit`: one if the work is small, else two for each thread.
    @inline(__always)
    private static func share<Work: RangeWork>(
      _ pool: ThreadPool, _ shape: LayerShape, _ count: Int, unit: Int, scratch: UnsafeMutablePointer<Float>,
      _ work: Work
    ) {
      if pool.threadCount == 1 || shape.rows * shape.inputs * shape.outputs < worthSharing {
        work.run(range: (0, count), scratch: scratch)
        return
      }
      let pieces = min((count + unit - 1) / unit, 2 * pool.threadCount)
      pool.run(pieces: pieces, scratch: scratch, Ranges(work: work, count: count, unit: unit, pieces: pieces))
    }
  }

  extension LayerShape {
    /// Whether vectors of eight are worth their while.
    fileprivate var fillsVectors: Bool { outputs == 1 || outputs >= 8 || inputs >= 16 }
  }

  /// Work on a range, which can be cut.
  private protocol RangeWork {
    func run(range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>)
  }

  /// The pieces of such work.
  private struct Ranges<Work: RangeWork>: SharedWork {
    let work: Work
    let count: Int
    let unit: Int
    let pieces: Int

    func run(piece: Int, scratch: UnsafeMutablePointer<Float>) {
      let units = (count + unit - 1) / unit
      let first = units * piece / pieces * unit
      work.run(range: (first, min(units * (piece + 1) / pieces * unit, count)), scratch: scratch)
    }
  }

  /// Some of a layer's outputs for all samples, or all of them for some.
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

    func run(range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>) {
      let rows = isCutInRows ? range : (first: 0, end: shape.rows)
      let place = rows.first * shape.outputs
      X86V3.affine(
        rows: rows.end - rows.first, inputs: shape.inputs, outputs: shape.outputs,
        values: inputs + rows.first * shape.inputs, weights: weights, biases: biases, result: sums + place,
        outputs: outputs.map { $0 + place }, slope: slope, columns: isCutInRows ? (0, shape.outputs) : range,
        isPacked: isPacked, scratch: scratch)
    }
  }

  /// The weights of some of a layer's inputs, and as large a part of its biases.
  private struct WeightGradientWork: RangeWork {
    let shape: LayerShape
    let inputs: UnsafePointer<Float>
    let delta: UnsafePointer<Float>
    let weightGradient: UnsafeMutablePointer<Float>
    let biasGradient: UnsafeMutablePointer<Float>

    func run(range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>) {
      X86V3.weightGradient(
        rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, values: inputs, delta: delta,
        result: weightGradient, range: range, scratch: scratch)
      let all = max(shape.inputs, 1)
      let end = range.end == shape.inputs ? shape.outputs : shape.outputs * range.end / all
      X86V3.biasGradient(
        rows: shape.rows, outputs: shape.outputs, delta: delta, result: biasGradient,
        range: (shape.outputs * range.first / all, end))
    }
  }

  /// The derivatives by some of a layer's inputs.
  private struct InputGradientWork: RangeWork {
    let shape: LayerShape
    let delta: UnsafePointer<Float>
    let weights: UnsafePointer<Float>
    let inputGradient: UnsafeMutablePointer<Float>
    let sums: UnsafePointer<Float>?
    let slope: Float

    func run(range: (first: Int, end: Int), scratch: UnsafeMutablePointer<Float>) {
      X86V3.inputGradient(
        rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, delta: delta, weights: weights,
        result: inputGradient, sums: sums, slope: slope, range: range, scratch: scratch)
    }
  }
#endif
