/// The products of small layers with interleaved samples, a part of ``Kernels``.
///
/// If a layer is narrower than a vector, a row of its values leaves lanes empty. Here value i of sample r is at `i *
/// stride + r`, so a vector holds one value of several samples. `samples` is a multiple of ``laneCount``, at most
/// `stride`. The padding after the real samples must be finite in arrays that are read, and zero in a `delta` from
/// which gradients are summed.
public struct LaneKernels: Sendable {
  /// Reads `inputs`, `weights` and `biases`; writes `outputs`.
  public typealias Affine =
    @Sendable (
      _ shape: LayerShape, _ stride: Int, _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ biases: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>
    ) -> Void
  /// Reads `inputs` and `delta`; writes the gradients of the weights and of the biases.
  public typealias WeightGradient =
    @Sendable (
      _ shape: LayerShape, _ stride: Int, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
      _ weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>
    ) -> Void
  /// Reads `delta` and `weights`; writes the derivative of the loss by the layer's inputs.
  public typealias InputGradient =
    @Sendable (
      _ shape: LayerShape, _ stride: Int, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ inputGradient: UnsafeMutablePointer<Float>
    ) -> Void

  /// The number of samples in a vector.
  public var laneCount: Int
  /// outputs[o, r] = biases[o] + Σᵢ inputs[i, r] · weights[i, o]
  public var affine: Affine
  /// weightGradient[i, o] = Σᵣ inputs[i, r] · delta[o, r] and biasGradient[o] = Σᵣ delta[o, r]
  public var weightGradient: WeightGradient
  /// inputGradient[i, r] = Σₒ delta[o, r] · weights[i, o]
  public var inputGradient: InputGradient

  /// Creates a table.
  public init(
    laneCount: Int, affine: @escaping Affine, weightGradient: @escaping WeightGradient,
    inputGradient: @escaping InputGradient
  ) {
    self.laneCount = laneCount
    self.affine = affine
    self.weightGradient = weightGradient
    self.inputGradient = inputGradient
  }
}

extension LaneKernels {
  /// Every loop in its obvious form.
  public static let reference = LaneKernels(
    laneCount: 4,
    affine: { shape, stride, inputs, weights, biases, outputs in
      for output in 0..<shape.outputs {
        for row in 0..<shape.rows {
          var sum = biases[output]
          for input in 0..<shape.inputs {
            sum += inputs[input * stride + row] * weights[input * shape.outputs + output]
          }
          outputs[output * stride + row] = sum
        }
      }
    },
    weightGradient: { shape, stride, inputs, delta, weightGradient, biasGradient in
      for output in 0..<shape.outputs {
        for input in 0..<shape.inputs {
          var sum: Float = 0
          for row in 0..<shape.rows { sum += inputs[input * stride + row] * delta[output * stride + row] }
          weightGradient[input * shape.outputs + output] = sum
        }
        var sum: Float = 0
        for row in 0..<shape.rows { sum += delta[output * stride + row] }
        biasGradient[output] = sum
      }
    },
    inputGradient: { shape, stride, delta, weights, inputGradient in
      for input in 0..<shape.inputs {
        for row in 0..<shape.rows {
          var sum: Float = 0
          for output in 0..<shape.outputs {
            sum += delta[output * stride + row] * weights[input * shape.outputs + output]
          }
          inputGradient[input * stride + row] = sum
        }
      }
    })

  /// Four samples at a time, the same bits on every machine.
  public static let portable = LaneKernels(
    laneCount: 4,
    affine: { shape, stride, inputs, weights, biases, outputs in
      LaneProduct.affine(
        samples: shape.rows, stride: stride, inputCount: shape.inputs, outputCount: shape.outputs, inputs: inputs,
        weights: weights, biases: biases, outputs: outputs)
    },
    weightGradient: { shape, stride, inputs, delta, weightGradient, biasGradient in
      LaneProduct.weightGradient(
        samples: shape.rows, stride: stride, inputCount: shape.inputs, outputCount: shape.outputs, inputs: inputs,
        delta: delta, weightGradient: weightGradient, biasGradient: biasGradient)
    },
    inputGradient: { shape, stride, delta, weights, inputGradient in
      LaneProduct.inputGradient(
        samples: shape.rows, stride: stride, inputCount: shape.inputs, outputCount: shape.outputs, delta: delta,
        weights: weights, inputGradient: inputGradient)
    })
}
