/// Any table's loops on several threads: the same loops on pieces, so the bits are the same.
extension Kernels {
  /// The portable loops on this number of threads.
  static func portable(threads: Int) -> Kernels {
    var kernels = Kernels.portable
    let pool = ThreadPool(threadCount: threads, scratchCount: 0)
    if pool.threadCount == 1 { return kernels }
    kernels.shareBlocks(pool)
    kernels.shareProducts(pool)
    kernels.shareValues(pool)
    return kernels
  }

  /// Runs the blocks of a batch on all threads.
  mutating func shareBlocks(_ pool: ThreadPool) {
    concurrently = { pieces, scratch, work in
      pool.run(pieces: pieces, scratch: scratch, ObjectWork(object: work))
    }
  }

  /// Runs elementwise loops on all threads: activations, updates, and the largest magnitude.
  mutating func shareValues(_ pool: ThreadPool) {
    for path: WritableKeyPath<Kernels, Elementwise> in [
      \.relu, \.leakyReLU, \.elu, \.selu, \.gelu, \.geluTanh, \.silu, \.softplus, \.softsign, \.hardSigmoid, \.sigmoid,
      \.tanh,
    ] {
      let loop = self[keyPath: path]
      self[keyPath: path] = { count, z, a, parameter in
        if count < ThreadPool.worthSharing { return loop(count, z, a, parameter) }
        let work = ElementwiseWork(loop: loop, sums: z, outputs: a, parameter: parameter)
        pool.run(work, values: count, scratch: a)
      }
    }
    for path: WritableKeyPath<Kernels, ElementwiseGradient> in [
      \.reluGradient, \.leakyReLUGradient, \.eluGradient, \.seluGradient, \.geluGradient, \.geluTanhGradient,
      \.siluGradient, \.softplusGradient, \.softsignGradient, \.hardSigmoidGradient, \.sigmoidGradient, \.tanhGradient,
    ] {
      let loop = self[keyPath: path]
      self[keyPath: path] = { count, z, a, delta, parameter in
        if count < ThreadPool.worthSharing { return loop(count, z, a, delta, parameter) }
        let work = ElementwiseGradientWork(
          loop: loop, sums: z, outputs: a, delta: delta, parameter: parameter)
        pool.run(work, values: count, scratch: delta)
      }
    }
    for path: WritableKeyPath<UpdateKernels, UpdateKernels.Update> in [
      \.descend, \.momentum, \.adagrad, \.adadelta, \.rmsProp, \.centeredRMSProp, \.adam, \.amsGrad, \.adaMax, \.lion,
    ] {
      let update = updates[keyPath: path]
      updates[keyPath: path] = { count, p, g, m, stride, c in
        if count < ThreadPool.worthSharing { return update(count, p, g, m, stride, c) }
        let work = UpdateWork(
          update: update, parameters: p, gradients: g, moments: m, stride: stride, constants: c)
        pool.run(work, values: count, scratch: p)
      }
    }
    let largest = largestMagnitude
    largestMagnitude = { count, values in
      // A maximum is the same in any order; each piece stores its own.
      if count < ThreadPool.worthSharing { return largest(count, values) }
      let pieces = 2 * pool.threadCount
      return withUnsafeTemporaryAllocation(of: Float.self, capacity: pieces) { results in
        let results = results.baseAddress!
        let work = ReductionWork(loop: largest, count: count, pieces: pieces, values: values, results: results)
        pool.run(pieces: pieces, scratch: results, work)
        return largest(pieces, results)
      }
    }
  }

  /// Runs the portable products on all threads. Each thread gets some of the samples, or some of the inputs for weight
  /// gradients.
  private mutating func shareProducts(_ pool: ThreadPool) {
    affine = { shape, inputs, weights, biases, outputs, scratch in
      let work = PortableAffineWork(shape: shape, inputs: inputs, weights: weights, biases: biases, sums: outputs)
      pool.run(work, of: shape, count: shape.rows, unit: 4, scratch: scratch)
    }
    rectifiedAffine = { shape, inputs, weights, biases, sums, outputs, slope, scratch in
      let work = PortableAffineWork(
        shape: shape, inputs: inputs, weights: weights, biases: biases, sums: sums, outputs: outputs, slope: slope)
      pool.run(work, of: shape, count: shape.rows, unit: 4, scratch: scratch)
    }
    weightGradient = { shape, inputs, delta, weightGradient, biasGradient, scratch in
      let work = PortableWeightGradientWork(
        shape: shape, inputs: inputs, delta: delta, weightGradient: weightGradient, biasGradient: biasGradient)
      pool.run(work, of: shape, count: shape.inputs, unit: 4, scratch: scratch)
    }
    inputGradient = { shape, delta, weights, inputGradient, scratch in
      let work = PortableInputGradientWork(
        shape: shape, delta: delta, weights: weights, inputGradient: inputGradient)
      pool.run(work, of: shape, count: shape.rows, unit: 4, scratch: scratch)
    }
    rectifiedInputGradient = { shape, delta, weights, sums, inputGradient, slope, scratch in
      let work = PortableInputGradientWork(
        shape: shape, delta: delta, weights: weights, inputGradient: inputGradient, sums: sums, slope: slope)
      pool.run(work, of: shape, count: shape.rows, unit: 4, scratch: scratch)
    }
  }
}
