// Compiled twice, with the vectors of each module: four lanes in ChainruleKernels, eight lanes with fused multiply-adds
// in ChainruleKernelsX86V3, which has a link to this folder.

/// The products of a small layer with interleaved samples: value i of sample r is at `i * stride + r`, so a vector
/// holds one value of several samples, however narrow the layer is.
///
/// Samples are computed in whole vectors, so the arrays are padded with finite values up to a multiple of a vector's
/// lanes.
enum LaneProduct {
  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  @inline(__always)
  static func affine(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, biases: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    var output = 0
    while output < outputCount {
      sum(
        samples: samples, stride: stride, depth: inputCount, values: inputs, factors: weights + output,
        factorStride: outputCount, start: biases[output], result: outputs + output &* stride)
      output &+= 1
    }
  }

  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  @inline(__always)
  static func inputGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, delta: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    var input = 0
    while input < inputCount {
      sum(
        samples: samples, stride: stride, depth: outputCount, values: delta, factors: weights + input &* outputCount,
        factorStride: 1, start: 0, result: inputGradient + input &* stride)
      input &+= 1
    }
  }

  /// result[r] = start + Σ_d values[d, r] · factors[d], in the order of d.
  @inline(__always)
  private static func sum(
    samples: Int, stride: Int, depth: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    factorStride: Int, start: Float, result: UnsafeMutablePointer<Float>
  ) {
    var sample = 0
    while sample < samples {
      let rest = samples &- sample
      if rest > LaneVector.scalarCount {
        var first = LaneVector(repeating: start)
        var second = first
        var value = values + sample
        var factor = factors
        var remaining = depth
        while remaining > 0 {
          let f = LaneVector(repeating: factor.pointee)
          first = first.adding(f, times: value.vector(at: 0))
          second = second.adding(f, times: value.vector(at: LaneVector.scalarCount))
          value += stride
          factor += factorStride
          remaining &-= 1
        }
        result.store(first, at: sample)
        result.store(second, at: sample &+ LaneVector.scalarCount)
        sample &+= 2 &* LaneVector.scalarCount
      } else {
        var first = LaneVector(repeating: start)
        var value = values + sample
        var factor = factors
        var remaining = depth
        while remaining > 0 {
          first = first.adding(LaneVector(repeating: factor.pointee), times: value.vector(at: 0))
          value += stride
          factor += factorStride
          remaining &-= 1
        }
        result.store(first, at: sample)
        sample &+= LaneVector.scalarCount
      }
    }
  }

  /// weightGradient[i, o] = Σᵣ inputs[i, r] · delta[o, r] and biasGradient[o] = Σᵣ delta[o, r], where the padding of
  /// `delta` is zero. Each lane sums its own samples, then the lanes are added.
  @inline(__always)
  static func weightGradient(
    samples: Int, stride: Int, inputCount: Int, outputCount: Int, inputs: UnsafePointer<Float>,
    delta: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) {
    var output = 0
    while output < outputCount {
      let d = delta + output &* stride
      var total = LaneVector.zero
      var sample = 0
      while sample < samples {
        total += d.vector(at: sample)
        sample &+= LaneVector.scalarCount
      }
      biasGradient[output] = total.laneSum
      var input = 0
      while input < inputCount {
        let x = inputs + input &* stride
        var sum = LaneVector.zero
        sample = 0
        while sample < samples {
          sum = sum.adding(x.vector(at: sample), times: d.vector(at: sample))
          sample &+= LaneVector.scalarCount
        }
        weightGradient[input &* outputCount &+ output] = sum.laneSum
        input &+= 1
      }
      output &+= 1
    }
  }
}
