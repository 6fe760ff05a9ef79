#if arch(x86_64)
  import ChainruleKernelsX86V3

  extension Kernels {
    /// The loops for AVX2 and fused multiply-add.
    ///
    /// - Precondition: the processor has both.
    static func x86V3(threads: Int) -> Kernels {
      var kernels = Kernels.portable
      let pool = ThreadPool(threadCount: threads, scratchCount: X86V3.scratchCount)
      kernels.scratchCount = X86V3.scratchCount
      kernels.concurrently = { pieces, scratch, work in
        pool.run(pieces: pieces, scratch: scratch, ObjectWork(object: work))
      }
      kernels.setProducts(pool)
      kernels.setLanes()
      kernels.setActivations(pool)
      kernels.setUpdates(pool)
      return kernels
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

    private mutating func setActivations(_ pool: ThreadPool) {
      func shared(_ loop: @escaping Elementwise) -> Elementwise {
        { count, z, a, parameter in
          if count <= onePiece { return loop(count, z, a, parameter) }
          let work = ElementwiseWork(loop: loop, count: count, sums: z, outputs: a, parameter: parameter)
          pool.run(pieces: work.pieces, scratch: a, work)
        }
      }
      func sharedGradient(_ loop: @escaping ElementwiseGradient) -> ElementwiseGradient {
        { count, z, a, delta, parameter in
          if count <= onePiece { return loop(count, z, a, delta, parameter) }
          let work = ElementwiseGradientWork(
            loop: loop, count: count, sums: z, outputs: a, delta: delta, parameter: parameter)
          pool.run(pieces: work.pieces, scratch: delta, work)
        }
      }
      relu = shared { X86V3.relu($0, $1, $2, $3) }
      reluGradient = sharedGradient { X86V3.reluGradient($0, $1, $2, $3, $4) }
      leakyReLU = shared { X86V3.leakyReLU($0, $1, $2, $3) }
      leakyReLUGradient = sharedGradient { X86V3.leakyReLUGradient($0, $1, $2, $3, $4) }
      sigmoid = shared { X86V3.sigmoid($0, $1, $2, $3) }
      sigmoidGradient = sharedGradient { X86V3.sigmoidGradient($0, $1, $2, $3, $4) }
      tanh = shared { X86V3.tanh($0, $1, $2, $3) }
      tanhGradient = sharedGradient { X86V3.tanhGradient($0, $1, $2, $3, $4) }
      softplus = shared { X86V3.softplus($0, $1, $2, $3) }
      softmax = { X86V3.softmax($0, $1, $2, $3) }
      squaredDistance = { X86V3.squaredDistance($0, $1, $2) }
      largestMagnitude = { count, values in
        // A maximum is the same in any order; each piece leaves its own behind.
        let pieces = min(2 * pool.threadCount, count / onePiece)
        if pieces < 2 { return X86V3.largestMagnitude(count, values) }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: pieces) { results in
          let results = results.baseAddress!
          let work = ReductionWork(
            loop: { X86V3.largestMagnitude($0, $1) }, count: count, pieces: pieces, values: values, results: results)
          pool.run(pieces: pieces, scratch: results, work)
          return X86V3.largestMagnitude(pieces, results)
        }
      }
    }

    private mutating func setUpdates(_ pool: ThreadPool) {
      func shared(_ update: @escaping UpdateKernels.Update) -> UpdateKernels.Update {
        { count, p, g, m, stride, c in
          if count <= onePiece { return update(count, p, g, m, stride, c) }
          let work = UpdateWork(
            update: update, count: count, parameters: p, gradients: g, moments: m, stride: stride, constants: c)
          pool.run(pieces: work.pieces, scratch: p, work)
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
