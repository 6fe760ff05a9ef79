/// The loops of batch and layer normalization, a part of ``Kernels``.
///
/// Both bring values to mean 0 and variance 1, then apply a learned gain and shift: z = gain · (x − mean) · scale +
/// shift with scale = 1 / √(variance + ε). They average over different values: batch normalization (Ioffe and Szegedy
/// 2015) over the batch, for each column, layer normalization (Ba, Kiros and Hinton 2016) over the layer, for each row.
/// Means and variances are computed in two passes, and in `Double`.
public struct NormalizationKernels: Sendable {
  /// Reads `inputs`, (rows, columns); writes the mean and the scale of each column or row.
  public typealias Moments =
    @Sendable (
      _ rows: Int, _ columns: Int, _ epsilon: Float, _ inputs: UnsafePointer<Float>,
      _ means: UnsafeMutablePointer<Float>,
      _ scales: UnsafeMutablePointer<Float>
    ) -> Void

  /// Writes outputs[r, c] = gains[c] · (inputs[r, c] − mean) · scale + shifts[c].
  public typealias Apply =
    @Sendable (
      _ rows: Int, _ columns: Int, _ inputs: UnsafePointer<Float>, _ means: UnsafePointer<Float>,
      _ scales: UnsafePointer<Float>, _ gains: UnsafePointer<Float>, _ shifts: UnsafePointer<Float>,
      _ outputs: UnsafeMutablePointer<Float>
    ) -> Void

  /// Writes the gradients of the gains and the shifts: sums over the rows of delta · (x − mean) · scale, and of delta.
  public typealias ParameterGradient =
    @Sendable (
      _ rows: Int, _ columns: Int, _ inputs: UnsafePointer<Float>, _ means: UnsafePointer<Float>,
      _ scales: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, _ gainGradient: UnsafeMutablePointer<Float>,
      _ shiftGradient: UnsafeMutablePointer<Float>
    ) -> Void

  /// Turns `delta` in place from the derivative with respect to the outputs into that with respect to the inputs, on
  /// which the means and scales depend too. Batch normalization reads the parameters' gradients, layer normalization
  /// doesn't.
  public typealias InputGradient =
    @Sendable (
      _ rows: Int, _ columns: Int, _ inputs: UnsafePointer<Float>, _ means: UnsafePointer<Float>,
      _ scales: UnsafePointer<Float>, _ gains: UnsafePointer<Float>, _ gainGradient: UnsafePointer<Float>,
      _ shiftGradient: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>
    ) -> Void

  /// The moments of each column.
  public var batchMoments: Moments
  /// The outputs, with a mean and a scale for each column.
  public var batchApply: Apply
  /// The parameters' gradients, with a mean and a scale for each column.
  public var batchParameterGradient: ParameterGradient
  /// The inputs' gradient: scale · gain · (delta − mean of delta − x̂ · mean of delta · x̂), means over the rows.
  public var batchInputGradient: InputGradient

  /// The moments of each row.
  public var layerMoments: Moments
  /// The outputs, with a mean and a scale for each row.
  public var layerApply: Apply
  /// The parameters' gradients, with a mean and a scale for each row.
  public var layerParameterGradient: ParameterGradient
  /// The inputs' gradient: scale · (d − mean of d − x̂ · mean of d · x̂) with d = gain · delta, means over the columns.
  public var layerInputGradient: InputGradient
}

extension NormalizationKernels {
  /// Every loop in its obvious form, with sums in order. The portable table uses these too.
  public static let reference = NormalizationKernels(
    batchMoments: { rows, columns, epsilon, x, means, scales in
      for column in 0..<columns {
        let (mean, scale) = moments(count: rows, stride: columns, epsilon: epsilon, x + column)
        means[column] = mean
        scales[column] = scale
      }
    },
    batchApply: { rows, columns, x, means, scales, gains, shifts, z in
      for row in 0..<rows {
        for column in 0..<columns {
          let i = row * columns + column
          z[i] = gains[column] * ((x[i] - means[column]) * scales[column]) + shifts[column]
        }
      }
    },
    batchParameterGradient: { rows, columns, x, means, scales, delta, gainGradient, shiftGradient in
      for column in 0..<columns {
        var gain: Float = 0
        var shift: Float = 0
        for row in 0..<rows {
          let i = row * columns + column
          gain += delta[i] * ((x[i] - means[column]) * scales[column])
          shift += delta[i]
        }
        gainGradient[column] = gain
        shiftGradient[column] = shift
      }
    },
    batchInputGradient: { rows, columns, x, means, scales, gains, gainGradient, shiftGradient, delta in
      let share = 1 / Float(rows)
      for row in 0..<rows {
        for column in 0..<columns {
          let i = row * columns + column
          let normal = (x[i] - means[column]) * scales[column]
          let rest = delta[i] - share * shiftGradient[column] - normal * (share * gainGradient[column])
          delta[i] = scales[column] * gains[column] * rest
        }
      }
    },
    layerMoments: { rows, columns, epsilon, x, means, scales in
      for row in 0..<rows {
        let (mean, scale) = moments(count: columns, stride: 1, epsilon: epsilon, x + row * columns)
        means[row] = mean
        scales[row] = scale
      }
    },
    layerApply: { rows, columns, x, means, scales, gains, shifts, z in
      for row in 0..<rows {
        for column in 0..<columns {
          let i = row * columns + column
          z[i] = gains[column] * ((x[i] - means[row]) * scales[row]) + shifts[column]
        }
      }
    },
    layerParameterGradient: { rows, columns, x, means, scales, delta, gainGradient, shiftGradient in
      for column in 0..<columns {
        var gain: Float = 0
        var shift: Float = 0
        for row in 0..<rows {
          let i = row * columns + column
          gain += delta[i] * ((x[i] - means[row]) * scales[row])
          shift += delta[i]
        }
        gainGradient[column] = gain
        shiftGradient[column] = shift
      }
    },
    layerInputGradient: { rows, columns, x, means, scales, gains, _, _, delta in
      let share = 1 / Float(columns)
      for row in 0..<rows {
        var sum: Float = 0
        var projection: Float = 0
        for column in 0..<columns {
          let i = row * columns + column
          let d = gains[column] * delta[i]
          sum += d
          projection += d * ((x[i] - means[row]) * scales[row])
        }
        for column in 0..<columns {
          let i = row * columns + column
          let normal = (x[i] - means[row]) * scales[row]
          delta[i] = scales[row] * (gains[column] * delta[i] - share * sum - normal * (share * projection))
        }
      }
    }
  )

  /// The mean of `count` values and 1 / √(variance + ε), with the population's variance.
  private static func moments(
    count: Int, stride: Int, epsilon: Float, _ values: UnsafePointer<Float>
  ) -> (mean: Float, scale: Float) {
    let divisor = Double(max(count, 1))
    var sum: Double = 0
    for i in 0..<count { sum += Double(values[i * stride]) }
    let mean = sum / divisor
    var squares: Double = 0
    for i in 0..<count {
      let difference = Double(values[i * stride]) - mean
      squares += difference * difference
    }
    return (Float(mean), Float(1 / (squares / divisor + Double(epsilon)).squareRoot()))
  }
}
