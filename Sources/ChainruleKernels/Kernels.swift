/// The hot loops of the engine, as a table of functions.
///
/// The engine never calls a loop by name; it is handed a table. ``reference`` is the obvious form of every loop,
/// ``portable`` overrides entries with SIMD forms that give the same bits on every machine. Further tables (for one
/// instruction set) start from those and override what they do better, within rounding.
///
/// Matrices are row-major and dense. A weight matrix lies in memory as (inputs, outputs), so that the loops run along
/// the outputs; everybody outside the engine sees PyTorch's (outputs, inputs).
///
/// No entry checks a size: shapes are checked once, where data enters the engine. Pointers may have any alignment, and
/// may overlap only where an entry says that it works in place.
///
/// ```swift
/// var kernels = Kernels.reference
/// kernels.affine = Kernels.portable.affine  // one entry at a time
/// ```
public struct Kernels: Sendable {
  /// Reads `inputs`, `weights` and `biases`; writes `outputs`. `scratch` is memory for whatever the loop likes, of
  /// ``scratchCount`` floats.
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

  /// Reads `delta` and `weights`; writes the derivative of the loss by the layer's inputs.
  public typealias InputGradient =
    @Sendable (
      _ shape: LayerShape, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ inputGradient: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `inputs`, `weights` and `biases`; writes `sums`, and what a rectifier makes of them into `outputs`, perhaps in their
  /// place.
  public typealias RectifiedAffine =
    @Sendable (
      _ shape: LayerShape, _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ biases: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>, _ outputs: UnsafeMutablePointer<Float>,
      _ slope: Float, _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `delta`, `weights`, and the `sums` of the layer below; writes the derivative of the loss by them.
  public typealias RectifiedInputGradient =
    @Sendable (
      _ shape: LayerShape, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
      _ sums: UnsafePointer<Float>, _ inputGradient: UnsafeMutablePointer<Float>, _ slope: Float,
      _ scratch: UnsafeMutablePointer<Float>
    ) -> Void

  /// Reads `count` pre-activations; writes as many outputs, perhaps in their place. `parameter` is the activation's own (a slope, a depth),
  /// or unused. At ±∞ the function has its limit; NaN stays NaN.
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

  /// Reads rows of pre-activations; writes rows of outputs, perhaps in their place.
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

  /// Does all pieces, perhaps several at once, and returns when they are done. Each gets scratch memory that no other has at the
  /// same time: the caller's, or as much of another thread's own.
  public typealias Concurrently =
    @Sendable (_ pieces: Int, _ scratch: UnsafeMutablePointer<Float>, _ work: PieceWork) -> Void

  /// How many floats of scratch memory the products of this table take.
  public var scratchCount = 0
  /// How independent pieces of work are done: one after the other, or on several threads.
  public var concurrently: Concurrently = { pieces, scratch, work in
    for piece in 0..<pieces { work.run(piece: piece, scratch: scratch) }
  }

  /// outputs[r, o] = biases[o] + Σᵢ inputs[r, i] · weights[i, o]
  public var affine: Affine
  /// weightGradient[i, o] = Σᵣ inputs[r, i] · delta[r, o] and biasGradient[o] = Σᵣ delta[r, o]
  public var weightGradient: WeightGradient
  /// inputGradient[r, i] = Σₒ delta[r, o] · weights[i, o]
  public var inputGradient: InputGradient

  /// ``affine`` and the rectifier behind it in one pass: sums as there, outputs[r, o] = sums[r, o] where that is above zero, else
  /// slope · sums[r, o]. A slope of 0 is ReLU, of 1 a linear layer.
  public var rectifiedAffine: RectifiedAffine
  /// ``inputGradient`` and the derivative of the rectifier below in one pass: as there, times slope where sums[r, i] is not
  /// above zero.
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
  /// z · Φ(z), Φ being the normal distribution's
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
  /// delta · a · (1 − a). Where a is near 1, its own rounding is all that is left: off by up to 1e-7, and 0 from z = 17.4 on.
  public var sigmoidGradient: ElementwiseGradient
  /// (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)
  public var tanh: Elementwise
  /// delta · (1 − a²). Where |a| is near 1, its own rounding is all that is left: off by up to 4e-7, and 0 from |z| = 9.02 on.
  public var tanhGradient: ElementwiseGradient
  /// eᶻ / Σ eᶻ along each row, from z − max z, so that nothing overflows
  public var softmax: Rowwise
  /// a · (delta − Σ delta · a) along each row
  public var softmaxGradient: RowwiseGradient

  /// max |value|, and NaN where any value is NaN; 0 where there are none
  public var largestMagnitude: Reduction

  /// Σ (a − b)²
  public var squaredDistance: Distance

  /// Products with weights copied beforehand, where that is faster.
  public var packed: PackedKernels?

  /// Gradients that are used where they are computed, where that is faster.
  public var fused: FusedKernels?

  /// The products of small layers, with samples side by side.
  public var lanes: LaneKernels
  /// Batch and layer normalization.
  public var normalization: NormalizationKernels
  /// How gradients become new parameters.
  public var updates: UpdateKernels
}

/// The sizes of one layer's work: how many samples, how many inputs and how many outputs each.
public struct LayerShape: Equatable, Sendable {
  /// Samples in the batch.
  public var rows: Int
  /// Values that enter the layer, for each sample.
  public var inputs: Int
  /// Perceptrons of the layer.
  public var outputs: Int

  /// Creates a shape.
  public init(rows: Int, inputs: Int, outputs: Int) {
    self.rows = rows
    self.inputs = inputs
    self.outputs = outputs
  }
}
