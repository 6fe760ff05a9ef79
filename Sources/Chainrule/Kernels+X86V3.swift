#if arch(x86_64)
  import ChainruleKernelsX86V3

  extension Kernels {
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
          Kernels.sharePieces(pool, count, a) { first, count in loop(count, z + first, a + first, parameter) }
        }
      }
      func sharedGradient(_ loop: @escaping ElementwiseGradient) -> ElementwiseGradient {
        { count, z, a, delta, parameter in
          Kernels.sharePieces(pool, count, delta) { first, count in
            loop(count, z + first, a + first, delta + first, parameter)
          }
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
        // A maximum is the same in any order; the pieces leave theirs behind.
        let pieces = (count + Kernels.pieceLength - 1) / Kernels.pieceLength
        if pieces < 2 || pool.threadCount == 1 { return X86V3.largestMagnitude(count, values) }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: pieces) { largest in
          let largest = largest.baseAddress!
          pool.run(pieces: pieces, scratch: largest) { piece, _ in
            let first = piece * Kernels.pieceLength
            largest[piece] = X86V3.largestMagnitude(min(Kernels.pieceLength, count - first), values + first)
          }
          return X86V3.largestMagnitude(pieces, largest)
        }
      }
    }

    /// Cuts what goes over values one by one into pieces; `any` is some memory, as the pieces need none of their own.
    @inline(__always)
    private static func sharePieces(
      _ pool: ThreadPool, _ count: Int, _ any: UnsafeMutablePointer<Float>, _ body: (_ first: Int, _ count: Int) -> Void
    ) {
      let pieces = (count + pieceLength - 1) / pieceLength
      if pieces < 2 || pool.threadCount == 1 { return body(0, count) }
      pool.run(pieces: pieces, scratch: any) { piece, _ in
        let first = piece * pieceLength
        body(first, min(pieceLength, count - first))
      }
    }

    private mutating func setUpdates(_ pool: ThreadPool) {
      func shared(_ update: @escaping UpdateKernels.Update) -> UpdateKernels.Update {
        { count, p, g, m, stride, c in
          Kernels.sharePieces(pool, count, p) { first, count in
            update(count, p + first, g + first, m + first, stride, c)
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
