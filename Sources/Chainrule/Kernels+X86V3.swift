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
      kernels.setProducts(pool)
      kernels.setLanes()
      kernels.setActivations()
      kernels.setUpdates()
      if pool.threadCount == 1 { return kernels }
      kernels.shareBlocks(pool)
      kernels.shareValues(pool)
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

    private mutating func setActivations() {
      relu = { X86V3.relu($0, $1, $2, $3) }
      reluGradient = { X86V3.reluGradient($0, $1, $2, $3, $4) }
      leakyReLU = { X86V3.leakyReLU($0, $1, $2, $3) }
      leakyReLUGradient = { X86V3.leakyReLUGradient($0, $1, $2, $3, $4) }
      sigmoid = { X86V3.sigmoid($0, $1, $2, $3) }
      sigmoidGradient = { X86V3.sigmoidGradient($0, $1, $2, $3, $4) }
      tanh = { X86V3.tanh($0, $1, $2, $3) }
      tanhGradient = { X86V3.tanhGradient($0, $1, $2, $3, $4) }
      silu = { X86V3.silu($0, $1, $2, $3) }
      siluGradient = { X86V3.siluGradient($0, $1, $2, $3, $4) }
      geluTanh = { X86V3.geluTanh($0, $1, $2, $3) }
      geluTanhGradient = { X86V3.geluTanhGradient($0, $1, $2, $3, $4) }
      softplus = { X86V3.softplus($0, $1, $2, $3) }
      softplusGradient = { X86V3.softplusGradient($0, $1, $2, $3, $4) }
      softmax = { X86V3.softmax($0, $1, $2, $3) }
      largestMagnitude = { X86V3.largestMagnitude($0, $1) }
      squaredDistance = { X86V3.squaredDistance($0, $1, $2) }
    }

    private mutating func setUpdates() {
      updates.add = { X86V3.add($0, $1, $2) }
      updates.descend = { count, p, g, _, _, c in
        X86V3.descend(count, p, g, rate: c.rate, shrink: c.shrink)
      }
      updates.momentum = { count, p, g, m, _, c in
        X86V3.momentum(
          count, p, g, m, rate: c.rate, shrink: c.shrink, decay: c.decay, momentumShare: c.momentumShare,
          gradientShare: c.gradientShare)
      }
      updates.rmsProp = { count, p, g, m, _, c in
        X86V3.rmsProp(
          count, p, g, m, rate: c.rate, shrink: c.shrink, decay: c.decay, gain: c.gain, epsilon: c.epsilon)
      }
      updates.adam = { count, p, g, m, stride, c in
        X86V3.adam(
          count, p, g, m, m + stride, rate: c.rate, shrink: c.shrink, decay: c.decay, gain: c.gain,
          secondDecay: c.secondDecay, secondGain: c.secondGain, epsilon: c.epsilon, momentumShare: c.momentumShare,
          gradientShare: c.gradientShare, scale: c.scale)
      }
    }
  }
#endif
