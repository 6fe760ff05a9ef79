/// One entry of ``Kernels``, ready to run: tests compare it between tables, and benchmarks time it.
///
/// List a new entry of the table in ``all``, and it's tested and timed.
///
/// ```swift
/// for entry in KernelEntry.all {
///   let shape = LayerShape(rows: 5, inputs: 7, outputs: 9)
///   let expected = entry.run(.reference, shape: shape, offset: 1, seed: 3)
///   let found = entry.run(.portable, shape: shape, offset: 1, seed: 3)
/// }
/// ```
public struct KernelEntry: Sendable {
  /// The entry's name in the table; `part.name` in a part of the table.
  public let name: String
  /// The number of floating-point operations for a shape. An elementary function counts as one.
  public let operations: @Sendable (LayerShape) -> Int
  /// Makes the arrays, and returns a function that runs the entry on them.
  private let body: @Sendable (Kernels, LayerShape, inout Workspace) -> () -> Void

  /// Every entry of the table.
  public static let all: [KernelEntry] =
    [
      KernelEntry(name: "affine", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let biases = w.input(shape.outputs)
        let result = w.output(shape.rows * shape.outputs)
        let scratch = w.scratch(kernels.scratchCount)
        return { kernels.affine(shape, x, weights, biases, result, scratch) }
      },
      KernelEntry(name: "weightGradient", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let delta = w.input(shape.rows * shape.outputs)
        let weights = w.output(shape.inputs * shape.outputs)
        let biases = w.output(shape.outputs)
        let scratch = w.scratch(kernels.scratchCount)
        return { kernels.weightGradient(shape, x, delta, weights, biases, scratch) }
      },
      KernelEntry(name: "fused", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let delta = w.input(shape.rows * shape.outputs)
        let count = shape.inputs * shape.outputs
        let weights = w.changed(count)
        let biases = w.output(shape.outputs)
        let gradients = w.scratch(count)
        let scratch = w.scratch(kernels.scratchCount)
        let update = ParameterUpdate(
          rule: kernels.updates.descend, parameters: weights, moments: weights, stride: 0,
          constants: UpdateConstants(rate: 0.1))
        guard let fused = kernels.fused else {
          return {
            kernels.weightGradient(shape, x, delta, gradients, biases, scratch)
            update.run(count: count, gradients: gradients)
          }
        }
        return { fused.updateWeights(shape, x, delta, gradients, biases, update, scratch) }
      },
      KernelEntry(name: "inputGradient", operations: product) { kernels, shape, w in
        let delta = w.input(shape.rows * shape.outputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let result = w.output(shape.rows * shape.inputs)
        let scratch = w.scratch(kernels.scratchCount)
        return { kernels.inputGradient(shape, delta, weights, result, scratch) }
      },
      KernelEntry(name: "rectifiedAffine", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let biases = w.input(shape.outputs)
        let sums = w.output(shape.rows * shape.outputs)
        let slope: Float = shape.rows % 2 == 0 ? 0 : 0.3
        let result = w.output(shape.rows * shape.outputs)
        let scratch = w.scratch(kernels.scratchCount)
        return { kernels.rectifiedAffine(shape, x, weights, biases, sums, result, slope, scratch) }
      },
      KernelEntry(name: "packed", operations: twoProducts) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let biases = w.input(shape.outputs)
        let sums = w.output(shape.rows * shape.outputs)
        let result = w.output(shape.rows * shape.outputs)
        let scratch = w.scratch(kernels.scratchCount)
        guard let loops = kernels.packed else {
          return {
            kernels.affine(shape, x, weights, biases, sums, scratch)
            kernels.rectifiedAffine(shape, x, weights, biases, sums, result, 0.3, scratch)
          }
        }
        let packed = w.scratch(loops.count(shape))
        loops.pack(shape, weights, packed)
        return {
          loops.affine(shape, x, packed, biases, sums, scratch)
          loops.rectifiedAffine(shape, x, packed, biases, sums, result, 0.3, scratch)
        }
      },
      KernelEntry(name: "rectifiedInputGradient", operations: product) { kernels, shape, w in
        let delta = w.input(shape.rows * shape.outputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let sums = w.input(shape.rows * shape.inputs)
        let slope: Float = shape.rows % 2 == 0 ? 0 : 0.3
        let result = w.output(shape.rows * shape.inputs)
        let scratch = w.scratch(kernels.scratchCount)
        return { kernels.rectifiedInputGradient(shape, delta, weights, sums, result, slope, scratch) }
      },
      elementwise("relu") { $0.relu },
      elementwiseGradient("reluGradient") { $0.reluGradient },
      elementwise("leakyReLU") { $0.leakyReLU },
      elementwiseGradient("leakyReLUGradient") { $0.leakyReLUGradient },
      elementwise("elu") { $0.elu },
      elementwiseGradient("eluGradient") { $0.eluGradient },
      elementwise("selu") { $0.selu },
      elementwiseGradient("seluGradient") { $0.seluGradient },
      elementwise("gelu") { $0.gelu },
      elementwiseGradient("geluGradient") { $0.geluGradient },
      elementwise("geluTanh") { $0.geluTanh },
      elementwiseGradient("geluTanhGradient") { $0.geluTanhGradient },
      elementwise("silu") { $0.silu },
      elementwiseGradient("siluGradient") { $0.siluGradient },
      elementwise("softplus") { $0.softplus },
      elementwiseGradient("softplusGradient") { $0.softplusGradient },
      elementwise("softsign") { $0.softsign },
      elementwiseGradient("softsignGradient") { $0.softsignGradient },
      elementwise("hardSigmoid") { $0.hardSigmoid },
      elementwiseGradient("hardSigmoidGradient") { $0.hardSigmoidGradient },
      elementwise("sigmoid") { $0.sigmoid },
      elementwiseGradient("sigmoidGradient") { $0.sigmoidGradient },
      elementwise("tanh") { $0.tanh },
      elementwiseGradient("tanhGradient") { $0.tanhGradient },
      KernelEntry(name: "softmax", operations: single) { kernels, shape, w in
        let z = w.input(shape.rows * shape.outputs)
        let result = w.output(shape.rows * shape.outputs)
        return { kernels.softmax(shape.rows, shape.outputs, z, result) }
      },
      KernelEntry(name: "softmaxGradient", operations: single) { kernels, shape, w in
        let a = w.input(shape.rows * shape.outputs)
        let changed = w.changed(shape.rows * shape.outputs)
        return { kernels.softmaxGradient(shape.rows, shape.outputs, a, changed) }
      },
      KernelEntry(name: "largestMagnitude", operations: single) { kernels, shape, w in
        let count = shape.rows * shape.outputs
        let result = w.output(1)
        let values = w.input(count)
        return { result[0] = kernels.largestMagnitude(count, values) }
      },
      KernelEntry(name: "squaredDistance", operations: single) { kernels, shape, w in
        let count = shape.rows * shape.outputs
        let first = w.input(count)
        let result = w.output(1)
        let values = w.input(count)
        return { result[0] = kernels.squaredDistance(count, first, values) }
      },
    ] + lanes + normalizations + updates

  /// Runs the entry on values drawn from `seed`.
  ///
  /// - Parameters:
  ///   - kernels: the table to take the entry from.
  ///   - shape: the sizes. Elementwise entries get rows · outputs values.
  ///   - offset: by how many floats every array is misaligned.
  ///   - seed: fixes the values.
  /// - Returns: everything that the entry wrote, one array after another.
  /// - Precondition: the entry wrote nothing outside its arrays.
  public func run(_ kernels: Kernels, shape: LayerShape, offset: Int = 0, seed: UInt64) -> [Float] {
    var workspace = Workspace(offset: offset, seed: seed)
    body(kernels, shape, &workspace)()
    return workspace.finish()
  }

  /// Calls `timer` with a function that runs the entry once, for benchmarks. Arrays that the entry changes in place
  /// aren't reset between runs.
  public func time(_ kernels: Kernels, shape: LayerShape, timer: (_ run: () -> Void) -> Void) {
    var workspace = Workspace(offset: 0, seed: 1)
    timer(body(kernels, shape, &workspace))
    _ = workspace.finish()
  }

  init(
    name: String, operations: @escaping @Sendable (LayerShape) -> Int,
    body: @escaping @Sendable (Kernels, LayerShape, inout Workspace) -> () -> Void
  ) {
    self.name = name
    self.operations = operations
    self.body = body
  }

  @Sendable static func product(_ shape: LayerShape) -> Int { 2 * shape.rows * shape.inputs * shape.outputs }
  @Sendable static func twoProducts(_ shape: LayerShape) -> Int { 2 * product(shape) }
  @Sendable static func single(_ shape: LayerShape) -> Int { shape.rows * shape.outputs }

  private static func elementwise(
    _ name: String, _ entry: @escaping @Sendable (Kernels) -> Kernels.Elementwise
  ) -> KernelEntry {
    KernelEntry(name: name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let z = w.input(count)
      let result = w.output(count)
      return { entry(kernels)(count, z, result, 0.3) }
    }
  }

  private static func elementwiseGradient(
    _ name: String, _ entry: @escaping @Sendable (Kernels) -> Kernels.ElementwiseGradient
  ) -> KernelEntry {
    KernelEntry(name: name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let z = w.input(count)
      let a = w.input(count)
      let changed = w.changed(count)
      return { entry(kernels)(count, z, a, changed, 0.3) }
    }
  }
}
