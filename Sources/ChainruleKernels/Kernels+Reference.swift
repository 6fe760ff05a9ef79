extension Kernels {
  /// Every loop in its obvious form. It's slow, and all other tables are tested against it.
  public static let reference = Kernels(
    affine: { shape, inputs, weights, biases, outputs, _ in
      for row in 0..<shape.rows {
        for output in 0..<shape.outputs {
          var sum = biases[output]
          for input in 0..<shape.inputs {
            sum += inputs[row * shape.inputs + input] * weights[input * shape.outputs + output]
          }
          outputs[row * shape.outputs + output] = sum
        }
      }
    },
    weightGradient: { shape, inputs, delta, weightGradient, biasGradient, _ in
      for output in 0..<shape.outputs {
        for input in 0..<shape.inputs {
          var sum: Float = 0
          for row in 0..<shape.rows {
            sum += inputs[row * shape.inputs + input] * delta[row * shape.outputs + output]
          }
          weightGradient[input * shape.outputs + output] = sum
        }
        var sum: Float = 0
        for row in 0..<shape.rows { sum += delta[row * shape.outputs + output] }
        biasGradient[output] = sum
      }
    },
    inputGradient: { shape, delta, weights, inputGradient, _ in
      for row in 0..<shape.rows {
        for input in 0..<shape.inputs {
          var sum: Float = 0
          for output in 0..<shape.outputs {
            sum += delta[row * shape.outputs + output] * weights[input * shape.outputs + output]
          }
          inputGradient[row * shape.inputs + input] = sum
        }
      }
    },
    rectifiedAffine: { shape, inputs, weights, biases, sums, outputs, slope, _ in
      for row in 0..<shape.rows {
        for output in 0..<shape.outputs {
          var sum = biases[output]
          for input in 0..<shape.inputs {
            sum += inputs[row * shape.inputs + input] * weights[input * shape.outputs + output]
          }
          sums[row * shape.outputs + output] = sum
          outputs[row * shape.outputs + output] = sum <= 0 ? (slope == 0 ? 0 : slope * sum) : sum
        }
      }
    },
    rectifiedInputGradient: { shape, delta, weights, sums, inputGradient, slope, _ in
      for row in 0..<shape.rows {
        for input in 0..<shape.inputs {
          var sum: Float = 0
          for output in 0..<shape.outputs {
            sum += delta[row * shape.outputs + output] * weights[input * shape.outputs + output]
          }
          let i = row * shape.inputs + input
          inputGradient[i] = sums[i] <= 0 ? slope * sum : sum
        }
      }
    },
    relu: { count, preActivations, outputs, _ in
      // This form keeps NaN.
      for i in 0..<count { outputs[i] = preActivations[i] < 0 ? 0 : preActivations[i] }
    },
    reluGradient: { count, preActivations, _, delta, _ in
      for i in 0..<count where preActivations[i] <= 0 { delta[i] = 0 }
    },
    leakyReLU: { count, preActivations, outputs, slope in
      for i in 0..<count { outputs[i] = preActivations[i] > 0 ? preActivations[i] : slope * preActivations[i] }
    },
    leakyReLUGradient: { count, preActivations, _, delta, slope in
      for i in 0..<count where preActivations[i] <= 0 { delta[i] *= slope }
    },
    elu: { count, z, a, depth in
      for i in 0..<count { a[i] = z[i] > 0 ? z[i] : depth * PortableMath.expMinusOne(z[i]) }
    },
    eluGradient: { count, z, _, delta, depth in
      for i in 0..<count where z[i] <= 0 { delta[i] *= depth * PortableMath.exp(z[i]) }
    },
    selu: { count, z, a, _ in
      for i in 0..<count { a[i] = SELU.scale * (z[i] > 0 ? z[i] : SELU.depth * PortableMath.expMinusOne(z[i])) }
    },
    seluGradient: { count, z, _, delta, _ in
      for i in 0..<count { delta[i] *= SELU.scale * (z[i] <= 0 ? SELU.depth * PortableMath.exp(z[i]) : 1) }
    },
    gelu: { count, z, a, _ in
      for i in 0..<count { a[i] = PortableMath.vanishingProduct(z[i], PortableMath.normalProbability(z[i])) }
    },
    geluGradient: { count, z, _, delta, _ in
      for i in 0..<count {
        let slope = PortableMath.vanishingProduct(z[i], PortableMath.normalDensity(z[i]))
        delta[i] *= PortableMath.normalProbability(z[i]) + slope
      }
    },
    geluTanh: { count, z, a, _ in
      for i in 0..<count {
        let share = PortableMath.sigmoid(1.595_769_12 * (z[i] + 0.044_715 * z[i] * z[i] * z[i]))
        a[i] = PortableMath.vanishingProduct(z[i], share)
      }
    },
    geluTanhGradient: { count, z, _, delta, _ in
      for i in 0..<count {
        let share = PortableMath.sigmoid(1.595_769_12 * (z[i] + 0.044_715 * z[i] * z[i] * z[i]))
        let slope = 1.595_769_12 * (1 + 3 * 0.044_715 * z[i] * z[i])
        delta[i] *= share + PortableMath.vanishingProduct(z[i] * slope, share * (1 - share))
      }
    },
    silu: { count, z, a, _ in
      for i in 0..<count { a[i] = PortableMath.vanishingProduct(z[i], PortableMath.sigmoid(z[i])) }
    },
    siluGradient: { count, z, _, delta, _ in
      for i in 0..<count {
        let share = PortableMath.sigmoid(z[i])
        delta[i] *= share + PortableMath.vanishingProduct(z[i], share * (1 - share))
      }
    },
    softplus: { count, z, a, _ in
      for i in 0..<count { a[i] = PortableMath.softplus(z[i]) }
    },
    softplusGradient: { count, z, _, delta, _ in
      for i in 0..<count { delta[i] *= PortableMath.sigmoid(z[i]) }
    },
    softsign: { count, z, a, _ in
      for i in 0..<count { a[i] = z[i] > 1e30 ? 1 : z[i] < -1e30 ? -1 : z[i] / (1 + z[i].magnitude) }
    },
    softsignGradient: { count, z, _, delta, _ in
      for i in 0..<count {
        let share = 1 / (1 + z[i].magnitude)
        delta[i] *= share * share
      }
    },
    hardSigmoid: { count, z, a, _ in
      for i in 0..<count { a[i] = z[i] <= -3 ? 0 : z[i] >= 3 ? 1 : z[i] / 6 + 0.5 }
    },
    hardSigmoidGradient: { count, z, _, delta, _ in
      for i in 0..<count { delta[i] = z[i] <= -3 || z[i] >= 3 ? 0 : delta[i] / 6 }
    },
    sigmoid: { count, preActivations, outputs, _ in
      for i in 0..<count { outputs[i] = PortableMath.sigmoid(preActivations[i]) }
    },
    sigmoidGradient: { count, _, outputs, delta, _ in
      for i in 0..<count { delta[i] *= outputs[i] * (1 - outputs[i]) }
    },
    tanh: { count, preActivations, outputs, _ in
      for i in 0..<count { outputs[i] = PortableMath.tanh(preActivations[i]) }
    },
    tanhGradient: { count, _, outputs, delta, _ in
      for i in 0..<count { delta[i] *= 1 - outputs[i] * outputs[i] }
    },
    softmax: ReferenceReduction.softmax,
    softmaxGradient: ReferenceReduction.softmaxGradient,
    largestMagnitude: ReferenceReduction.largestMagnitude,
    squaredDistance: ReferenceReduction.squaredDistance,
    lanes: .reference,
    normalization: .reference,
    updates: .reference
  )
}
