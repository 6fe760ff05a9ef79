#if arch(x86_64)
  import ChainruleKernelsX86V3

  extension Kernels {
    /// Products of fewer multiply-adds than this are not worth a second thread: it takes microseconds to get one.
    private static let worthSharing = 1 << 19
    /// So many values make a piece of what goes over values one by one.
    private static let pieceLength = 1 << 15

    /// The loops for AVX2 and fused multiply-add.
    ///
    /// - Precondition: the processor has both.
    static func x86V3(threads: Int) -> Kernels {
      var kernels = Kernels.portable
      let pool = ThreadPool(threadCount: threads, scratchCount: X86V3.scratchCount)
      kernels.scratchCount = X86V3.scratchCount
      kernels.concurrently = { pieces, scratch, body in pool.run(pieces: pieces, scratch: scratch, body) }
      kernels.setProducts(pool)
      kernels.setLanes()
      kernels.setActivations()
      kernels.setUpdates(pool)
      return kernels
    }

    /// Cuts `count` into ranges whose ends are multiples of `unit`: one if the work is small, else a few for each thread.
    @inline(__always)
    private static func share(
      _ pool: ThreadPool, _ count: Int, unit: Int, work: Int, scratch: UnsafeMutablePointer<Float>,
      _ body: (_ range: (first: Int, end: Int), _ scratch: UnsafeMutablePointer<Float>) -> Void
    ) {
      if pool.threadCount == 1 || work < worthSharing {
        body((0, count), scratch)
        return
      }
      let units = (count + unit - 1) / unit
      let pieces = min(units, 4 * pool.threadCount)
      pool.run(pieces: pieces, scratch: scratch) { piece, scratch in
        body((units * piece / pieces * unit, min(units * (piece + 1) / pieces * unit, count)), scratch)
      }
    }

    /// Rows of fewer than eight values would be filled up with zeros: there four lanes do better.
    private mutating func setProducts(_ pool: ThreadPool) {
      let (narrowAffine, narrowWeightGradient, narrowInputGradient) = (affine, weightGradient, inputGradient)
      affine = { shape, inputs, weights, biases, outputs, scratch in
        if shape.outputs < 8 { return narrowAffine(shape, inputs, weights, biases, outputs, scratch) }
        let work = shape.rows * shape.inputs * shape.outputs
        Kernels.share(pool, shape.outputs, unit: 16, work: work, scratch: scratch) { columns, scratch in
          X86V3.affine(
            rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, values: inputs, weights: weights,
            biases: biases, result: outputs, columns: columns, scratch: scratch)
        }
      }
      weightGradient = { shape, inputs, delta, weightGradient, biasGradient, scratch in
        if shape.outputs < 8 {
          return narrowWeightGradient(shape, inputs, delta, weightGradient, biasGradient, scratch)
        }
        let work = shape.rows * shape.inputs * shape.outputs
        Kernels.share(pool, shape.inputs, unit: 6, work: work, scratch: scratch) { range, scratch in
          X86V3.weightGradient(
            rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, values: inputs, delta: delta,
            result: weightGradient, range: range, scratch: scratch)
        }
        X86V3.biasGradient(rows: shape.rows, outputs: shape.outputs, delta: delta, result: biasGradient)
      }
      inputGradient = { shape, delta, weights, inputGradient, scratch in
        if shape.inputs < 8 { return narrowInputGradient(shape, delta, weights, inputGradient, scratch) }
        let work = shape.rows * shape.inputs * shape.outputs
        Kernels.share(pool, shape.inputs, unit: 16, work: work, scratch: scratch) { range, scratch in
          X86V3.inputGradient(
            rows: shape.rows, inputs: shape.inputs, outputs: shape.outputs, delta: delta, weights: weights,
            result: inputGradient, range: range, scratch: scratch)
        }
      }
    }

    private mutating func setLanes() {
      lanes = LaneKernels(
        laneCount: X86V3.laneCount,
        affine: { shape, stride, inputs, weights, biases, outputs in
          X86V3.laneAffine(
            samples: shape.rows, stride: stride, inputCount: shape.inputs, outputCount: shape.outputs, inputs: inputs,
            weights: weights, biases: biases, outputs: outputs)
        },
        weightGradient: { shape, stride, inputs, delta, weightGradient, biasGradient in
          X86V3.laneWeightGradient(
            samples: shape.rows, stride: stride, inputCount: shape.inputs, outputCount: shape.outputs, inputs: inputs,
            delta: delta, weightGradient: weightGradient, biasGradient: biasGradient)
        },
        inputGradient: { shape, stride, delta, weights, inputGradient in
          X86V3.laneInputGradient(
            samples: shape.rows, stride: stride, inputCount: shape.inputs, outputCount: shape.outputs, delta: delta,
            weights: weights, inputGradient: inputGradient)
        })
    }

    private mutating func setActivations() {
      relu = { X86V3.relu($0, $1, $2, $3) }
      reluGradient = { X86V3.reluGradient($0, $1, $2, $3, $4) }
      leakyReLU = { X86V3.leakyReLU($0, $1, $2, $3) }
      leakyReLUGradient = { X86V3.leakyReLUGradient($0, $1, $2, $3, $4) }
      sigmoid = { X86V3.sigmoid($0, $1, $2, $3) }
      sigmoidGradient = { X86V3.sigmoidGradient($0, $1, $2, $3, $4) }
      tanh = { X86V3.tanh($0, $1, $2, $3) }
      tanhGradient = { X86V3.tanhGradient($0, $1, $2, $3, $4) }
      softplus = { X86V3.softplus($0, $1, $2, $3) }
      softmax = { X86V3.softmax($0, $1, $2, $3) }
      squaredDistance = { X86V3.squaredDistance($0, $1, $2) }
      largestMagnitude = { X86V3.largestMagnitude($0, $1) }
    }

    private mutating func setUpdates(_ pool: ThreadPool) {
      // Nothing but memory is needed by the pieces of an update.
      func shared(_ update: @escaping UpdateKernels.Update) -> UpdateKernels.Update {
        { count, p, g, m, stride, c in
          let pieces = (count + Kernels.pieceLength - 1) / Kernels.pieceLength
          if pieces < 2 || pool.threadCount == 1 {
            update(count, p, g, m, stride, c)
            return
          }
          pool.run(pieces: pieces, scratch: p) { piece, _ in
            let first = piece * Kernels.pieceLength
            update(min(Kernels.pieceLength, count - first), p + first, g + first, m + first, stride, c)
          }
        }
      }
      updates.add = { X86V3.add($0, $1, $2) }
      updates.descend = shared { count, p, g, _, _, c in
        X86V3.descend(count, p, g, rate: c.rate, shrink: c.shrink)
      }
      updates.momentum = shared { count, p, g, m, _, c in
        X86V3.momentum(
          count, p, g, m, rate: c.rate, shrink: c.shrink, decay: c.decay, momentumShare: c.momentumShare,
          gradientShare: c.gradientShare)
      }
      updates.rmsProp = shared { count, p, g, m, _, c in
        X86V3.rmsProp(
          count, p, g, m, rate: c.rate, shrink: c.shrink, decay: c.decay, gain: c.gain, epsilon: c.epsilon)
      }
      updates.adam = shared { count, p, g, m, stride, c in
        X86V3.adam(
          count, p, g, m, m + stride, rate: c.rate, shrink: c.shrink, decay: c.decay, gain: c.gain,
          secondDecay: c.secondDecay, secondGain: c.secondGain, epsilon: c.epsilon, momentumShare: c.momentumShare,
          gradientShare: c.gradientShare, scale: c.scale)
      }
    }
  }
#endif
