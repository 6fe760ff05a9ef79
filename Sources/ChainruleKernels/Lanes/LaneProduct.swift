// Compiled twice, with the vectors of the module it stands in: four lanes in ChainruleKernels, eight and fused
// multiply-adds in ChainruleKernelsX86V3, which has a link to this folder.

/// The products of a small layer whose samples stand side by side: value i of sample r lies at `i * stride + r`, so that a
/// vector holds one value of several samples, however narrow the layer.
///
/// Samples are computed in whole vectors: behind the last one there is room, and finite values, up to a multiple of a
/// vector's lanes. A tile is four vectors: where they do not fill the last one, it reaches back over some that are done;
/// where there are fewer, the last vector stands in for those that are missing.
enum LaneProduct {
  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  @inline(__always)
  static func affine(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, biases: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    sums(
      samples: samples, stride: stride, depth: inputCount, count: outputCount, values: inputs, factors: weights,
      factorDepthStride: outputCount, factorStride: 1, start: biases, result: outputs)
  }

  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  @inline(__always)
  static func inputGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, delta: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    sums(
      samples: samples, stride: stride, depth: outputCount, count: inputCount, values: delta, factors: weights,
      factorDepthStride: 1, factorStride: outputCount, start: nil, result: inputGradient)
  }

  /// result[k, r] = start[k] + Σ_d values[d, r] · factors[k, d], in the order of d.
  @inline(never)
  private static func sums(
    samples: Int, stride: Int, depth: Int, count: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    factorDepthStride: Int, factorStride: Int, start: UnsafePointer<Float>?, result: UnsafeMutablePointer<Float>
  ) {
    let lanes = LaneVector.scalarCount
    // Where a tile's vectors lie behind its first sample.
    let last = samples &- lanes
    let (second, third, fourth) = (min(lanes, last), min(2 &* lanes, last), min(3 &* lanes, last))
    var number = 0
    while number < count {
      let first = LaneVector(repeating: start.map { $0[number] } ?? 0)
      let numberFactors = factors + number &* factorStride
      let sums = result + number &* stride
      var sample = 0
      while sample < samples {
        if sample &+ fourth > last { sample = last &- fourth }
        var (a, b, c, d) = (first, first, first, first)
        var value = values + sample
        var factor = numberFactors
        var remaining = depth
        while remaining > 0 {
          let f = LaneVector(repeating: factor.pointee)
          a = a.adding(f, times: value.vector(at: 0))
          b = b.adding(f, times: value.vector(at: second))
          c = c.adding(f, times: value.vector(at: third))
          d = d.adding(f, times: value.vector(at: fourth))
          value += stride
          factor += factorDepthStride
          remaining &-= 1
        }
        sums.store(a, at: sample)
        sums.store(b, at: sample &+ second)
        sums.store(c, at: sample &+ third)
        sums.store(d, at: sample &+ fourth)
        sample &+= 4 &* lanes
      }
      number &+= 1
    }
  }

  /// weightGradient[i, o] = Σᵣ inputs[i, r] · delta[o, r] and biasGradient[o] = Σᵣ delta[o, r], where the values of `delta`
  /// behind the last sample are zero. Each lane adds up its own samples; then the lanes are added.
  @inline(__always)
  static func weightGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    delta: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) {
    let lanes = LaneVector.scalarCount
    var output = 0
    while output < outputCount {
      let next = min(output &+ 1, outputCount &- 1)
      let d0 = delta + output &* stride
      let d1 = delta + next &* stride
      var (a, b) = (LaneVector.zero, LaneVector.zero)
      var sample = 0
      while sample < samples {
        a += d0.vector(at: sample)
        b += d1.vector(at: sample)
        sample &+= lanes
      }
      biasGradient[output] = a.laneSum
      biasGradient[next] = b.laneSum
      var input = 0
      while input < inputCount {
        let second = min(input &+ 1, inputCount &- 1)
        let x0 = inputs + input &* stride
        let x1 = inputs + second &* stride
        var (a0, a1) = (LaneVector.zero, LaneVector.zero)
        var (b0, b1) = (LaneVector.zero, LaneVector.zero)
        sample = 0
        while sample < samples {
          let u = d0.vector(at: sample)
          let v = d1.vector(at: sample)
          a0 = a0.adding(x0.vector(at: sample), times: u)
          a1 = a1.adding(x0.vector(at: sample), times: v)
          b0 = b0.adding(x1.vector(at: sample), times: u)
          b1 = b1.adding(x1.vector(at: sample), times: v)
          sample &+= lanes
        }
        let sums = LaneVector.laneSums(a0, a1, b0, b1)
        let row0 = weightGradient + input &* outputCount
        let row1 = weightGradient + second &* outputCount
        row0[output] = sums[0]
        row0[next] = sums[1]
        row1[output] = sums[2]
        row1[next] = sums[3]
        input &+= 2
      }
      output &+= 2
    }
  }
}
