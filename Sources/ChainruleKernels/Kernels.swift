/// The hot loops of the engine, as a table of functions.
///
/// The engine calls all loops through such a table. ``reference`` has the obvious form of every loop. ``portable``
/// replaces entries with SIMD forms that give the same bits on every machine. Tables for one instruction set start from
/// these and replace what they can do faster; they agree within rounding.
///
/// Matrices are row-major and dense. A weight matrix is stored as (inputs, outputs), so that the loops run along the
/// outputs; the engine's public interface uses PyTorch's (outputs, inputs).
///
/// No entry checks sizes: shapes are checked once, when data enters the engine. Pointers can have any alignment, and
/// may overlap only if an entry says that it works in place.
///
/// ```swift
/// var kernels = Kernels.reference
/// kernels.affine = Kernels.portable.affine  // one entry at a time
/// ```
public struct Kernels: Sendable {
  /// Reads `inputs`, `weights` and `biases`; writes `outputs`. `scratch` is temporary storage of ``scratchCount``
  /// floats.
  public typealias Affine =
    @Sendable (
      _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ biases: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `inputs` and `delta`; writes the gradients of the weights and of the biases.
  public typealias WeightGradient =
    @Sendable (
      _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
      _ weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>,
      _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `delta` and `weights`; writes the derivative of the loss with respect to the layer's inputs.
  public typealias InputGradient =
    @Sendable (
      _ shape: LayerShape, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ inputGradient: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `inputs`, `weights` and `biases`; writes `sums`, and the rectifier's outputs to `outputs`, which may be the
  /// same array.
  public typealias RectifiedAffine =
    @Sendable (
      _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ biases: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>, _ outputs: UnsafeMutablePointer<Float>,
      _ slope: Float, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `delta`, `weights`, and the `sums` of the layer before; writes the derivative of the loss with respect to
  /// these sums.
  public typealias RectifiedInputGradient =
    @Sendable (
      _ shape: LayerShape, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ sums: UnsafePointer<Float>, _ inputGradient: UnsafeMutablePointer<Float>, _ slope: Float,
      _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `count` pre-activations; writes as many outputs, possibly in place. `parameter` is the activation's number
  /// (a slope or depth), or unused. At ±∞, the result is the function's limit; NaN stays NaN.
  public typealias Elementwise =
    @Sendable (
      _ count: Int, _ preActivations: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>, _ parameter: Float
    ) -> Void

  /// Multiplies `delta` in place by the activation's derivative, given both the pre-activations and the outputs.
  public typealias ElementwiseGradient =
    @Sendable (
      _ count: Int, _ preActivations: UnsafePointer<Float>, _ outputs: UnsafePointer<Float>,
      _ delta: UnsafeMutablePointer<Float>, _ parameter: Float
    ) -> Void

  /// Reads rows of pre-activations; writes rows of outputs, possibly in place.
  public typealias Rowwise =
    @Sendable (
      _ rows: Int, _ columns: Int, _ preActivations: UnsafePointer<Float>, _ outputs: UnsafeMutablePointer<Float>
    ) -> Void

  /// Replaces each row of `delta` by its product with the Jacobian of the activation at `outputs`.
  public typealias RowwiseGradient =
    @Sendable (
      _ rows: Int, _ columns: Int, _ outputs: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reduces `count` values to one.
  public typealias Reduction = @Sendable (_ count: Int, _ values: UnsafePointer<Float>) -> Float

  /// Reduces the differences of `count` pairs of values to one.
  public typealias Distance =
    @Sendable (_ count: Int, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Float

  /// Runs all pieces, possibly in parallel, and returns when they're done. Each piece has scratch memory to itself: the
  /// caller's, or as much of another thread's.
  public typealias Concurrently =
    @Sendable (_ pieces: Int, _ scratch: UnsafeMutablePointer<Float>, _ work: PieceWork) -> Void

  /// The number of floats of scratch memory that this table's products need.
  public var scratchCount = 0
  /// How independent pieces of work run: one after another, or on several threads.
  public var concurrently: Concurrently = { pieces, scratch, work in
    for piece in 0..<pieces { work.run(piece: piece, scratch: scratch) }
  }

  /// outputs[r, o] = biases[o] + Σᵢ inputs[r, i] · weights[i, o]
  public var affine: Affine
  /// weightGradient[i, o] = Σᵣ inputs[r, i] · delta[r, o] and biasGradient[o] = Σᵣ delta[r, o]
  public var weightGradient: WeightGradient
  /// inputGradient[r, i] = Σₒ delta[r, o] · weights[i, o]
  public var inputGradient: InputGradient

  /// ``affine`` and the rectifier after it in one pass: outputs[r, o] = sums[r, o] if that's above zero, else slope ·
  /// sums[r, o]. A slope of 0 is ReLU, and 1 is a linear layer.
  public var rectifiedAffine: RectifiedAffine
  /// ``inputGradient`` and the derivative of the rectifier before it in one pass: multiplied by the slope where sums[r,
  /// i] isn't above zero.
  public var rectifiedInputGradient: RectifiedInputGradient

  /// max(z, 0)
  public var relu: Elementwise
  /// delta where z > 0, else 0
  public var reluGradient: ElementwiseGradient
  /// z where z > 0, else slope · z
  public var leakyReLU: Elementwise
  /// delta where z > 0, else slope · delta
  public var leakyReLUGradient: ElementwiseGradient
  /// z where z > 0, else depth · (eᶻ − 1)
  public var elu: Elementwise
  /// delta where z > 0, else delta · depth · eᶻ
  public var eluGradient: ElementwiseGradient
  /// 1.0507 · z where z > 0, else 1.0507 · 1.6733 · (eᶻ − 1)
  public var selu: Elementwise
  /// delta · 1.0507 where z > 0, else delta · 1.0507 · 1.6733 · eᶻ
  public var seluGradient: ElementwiseGradient
  /// z · Φ(z), with the normal distribution's Φ
  public var gelu: Elementwise
  /// delta · (Φ(z) + z · φ(z))
  public var geluGradient: ElementwiseGradient
  /// z · s with s = ½ (1 + tanh u), u = √(2/π) (z + 0.044715 z³)
  public var geluTanh: Elementwise
  /// delta · (s + z · 2 s (1 − s) · du/dz)
  public var geluTanhGradient: ElementwiseGradient
  /// z · s with s = 1 / (1 + e⁻ᶻ)
  public var silu: Elementwise
  /// delta · (s + z · s (1 − s))
  public var siluGradient: ElementwiseGradient
  /// log(1 + eᶻ)
  public var softplus: Elementwise
  /// delta / (1 + e⁻ᶻ)
  public var softplusGradient: ElementwiseGradient
  /// z / (1 + |z|)
  public var softsign: Elementwise
  /// delta / (1 + |z|)²
  public var softsignGradient: ElementwiseGradient
  /// z/6 + ½ between −3 and 3, 0 below, 1 above
  public var hardSigmoid: Elementwise
  /// delta/6 between −3 and 3, else 0
  public var hardSigmoidGradient: ElementwiseGradient
  /// 1 / (1 + e⁻ᶻ)
  public var sigmoid: Elementwise
  /// delta · a · (1 − a). Near a = 1, only its rounding error is left: off by up to 1e-7, and 0 from z = 17.4 on.
  public var sigmoidGradient: ElementwiseGradient
  /// (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)
  public var tanh: Elementwise
  /// delta · (1 − a²). Near |a| = 1, only its rounding error is left: off by up to 4e-7, and 0 from |z| = 9.02 on.
  public var tanhGradient: ElementwiseGradient
  /// eᶻ / Σ eᶻ along each row, computed from z − max z so that nothing overflows
  public var softmax: Rowwise
  /// a · (delta − Σ delta · a) along each row
  public var softmaxGradient: RowwiseGradient

  /// max |value|; NaN if any value is NaN; 0 without values
  public var largestMagnitude: Reduction

  /// Σ (a − b)²
  public var squaredDistance: Distance

  /// Products with packed weights, if the table has them.
  public var packed: PackedKernels?

  /// Fused gradients and updates, if the table has them.
  public var fused: FusedKernels?

  /// The products of small layers, with interleaved samples.
  public var lanes: LaneKernels
  /// Batch and layer normalization.
  public var normalization: NormalizationKernels
  /// How gradients become new parameters.
  public var updates: UpdateKernels
}

/// The sizes of one layer's work.
public struct LayerShape: Equatable, Sendable {
  /// The number of samples in the batch.
  public var rows: Int
  /// The number of the layer's inputs.
  public var inputs: Int
  /// The number of the layer's perceptrons.
  public var outputs: Int

  /// Creates a shape.
  public init(rows: Int, inputs: Int, outputs: Int) {
    self.rows = rows
    self.inputs = inputs
    self.outputs = outputs
  }
}
