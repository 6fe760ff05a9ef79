/// One entry of ``Kernels`` as something to run: what tests compare between tables, and benchmarks time.
///
/// A new entry of the table is listed once, in ``all``, and is tested and timed from there.
///
/// ```swift
/// for entry in KernelEntry.all {
///   let shape = LayerShape(rows: 5, inputs: 7, outputs: 9)
///   let expected = entry.run(.reference, shape: shape, offset: 1, seed: 3)
///   let found = entry.run(.portable, shape: shape, offset: 1, seed: 3)
/// }
/// ```
public struct KernelEntry: Sendable {
  /// The entry's name in the table; of a part of the table, `part.name`.
  public let name: String
  /// Floating-point operations at a shape, an elementary function counted as one.
  public let operations: @Sendable (LayerShape) -> Int
  private let body: @Sendable (Kernels, LayerShape, inout Workspace) -> Void

  /// Every entry of the table.
  public static let all: [KernelEntry] =
    [
      KernelEntry(name: "affine", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let biases = w.input(shape.outputs)
        kernels.affine(shape, x, weights, biases, w.output(shape.rows * shape.outputs), w.scratch(kernels.scratchCount))
      },
      KernelEntry(name: "weightGradient", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let delta = w.input(shape.rows * shape.outputs)
        let weights = w.output(shape.inputs * shape.outputs)
        let biases = w.output(shape.outputs)
        kernels.weightGradient(shape, x, delta, weights, biases, w.scratch(kernels.scratchCount))
      },
      KernelEntry(name: "inputGradient", operations: product) { kernels, shape, w in
        let delta = w.input(shape.rows * shape.outputs)
        let weights = w.input(shape.inputs * shape.outputs)
        kernels.inputGradient(
          shape, delta, weights, w.output(shape.rows * shape.inputs), w.scratch(kernels.scratchCount))
      },
      KernelEntry(name: "rectifiedAffine", operations: product) { kernels, shape, w in
        let x = w.input(shape.rows * shape.inputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let biases = w.input(shape.outputs)
        let sums = w.output(shape.rows * shape.outputs)
        let slope: Float = shape.rows % 2 == 0 ? 0 : 0.3
        kernels.rectifiedAffine(
          shape, x, weights, biases, sums, w.output(shape.rows * shape.outputs), slope,
          w.scratch(kernels.scratchCount))
      },
      KernelEntry(name: "rectifiedInputGradient", operations: product) { kernels, shape, w in
        let delta = w.input(shape.rows * shape.outputs)
        let weights = w.input(shape.inputs * shape.outputs)
        let sums = w.input(shape.rows * shape.inputs)
        let slope: Float = shape.rows % 2 == 0 ? 0 : 0.3
        kernels.rectifiedInputGradient(
          shape, delta, weights, sums, w.output(shape.rows * shape.inputs), slope, w.scratch(kernels.scratchCount))
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
        kernels.softmax(shape.rows, shape.outputs, z, w.output(shape.rows * shape.outputs))
      },
      KernelEntry(name: "softmaxGradient", operations: single) { kernels, shape, w in
        let a = w.input(shape.rows * shape.outputs)
        kernels.softmaxGradient(shape.rows, shape.outputs, a, w.changed(shape.rows * shape.outputs))
      },
      KernelEntry(name: "largestMagnitude", operations: single) { kernels, shape, w in
        let count = shape.rows * shape.outputs
        w.output(1)[0] = kernels.largestMagnitude(count, w.input(count))
      },
      KernelEntry(name: "squaredDistance", operations: single) { kernels, shape, w in
        let count = shape.rows * shape.outputs
        let first = w.input(count)
        w.output(1)[0] = kernels.squaredDistance(count, first, w.input(count))
      },
    ] + lanes + normalizations + updates

  /// Runs the entry on values drawn from `seed`.
  ///
  /// - Parameters:
  ///   - kernels: the table to take it from.
  ///   - shape: the sizes. Entries that work on values one by one take rows · outputs of them.
  ///   - offset: by how many floats every array is moved off its alignment.
  ///   - seed: fixes the values.
  /// - Returns: everything that was written, one array after another.
  /// - Precondition: the entry wrote nothing outside its arrays.
  public func run(_ kernels: Kernels, shape: LayerShape, offset: Int = 0, seed: UInt64) -> [Float] {
    var workspace = Workspace(offset: offset, seed: seed)
    body(kernels, shape, &workspace)
    return workspace.finish()
  }

  init(
    name: String, operations: @escaping @Sendable (LayerShape) -> Int,
    body: @escaping @Sendable (Kernels, LayerShape, inout Workspace) -> Void
  ) {
    self.name = name
    self.operations = operations
    self.body = body
  }

  @Sendable static func product(_ shape: LayerShape) -> Int { 2 * shape.rows * shape.inputs * shape.outputs }
  @Sendable static func single(_ shape: LayerShape) -> Int { shape.rows * shape.outputs }

  private static func elementwise(
    _ name: String, _ entry: @escaping @Sendable (Kernels) -> Kernels.Elementwise
  ) -> KernelEntry {
    KernelEntry(name: name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let z = w.input(count)
      entry(kernels)(count, z, w.output(count), 0.3)
    }
  }

  private static func elementwiseGradient(
    _ name: String, _ entry: @escaping @Sendable (Kernels) -> Kernels.ElementwiseGradient
  ) -> KernelEntry {
    KernelEntry(name: name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let z = w.input(count)
      let a = w.input(count)
      entry(kernels)(count, z, a, w.changed(count), 0.3)
    }
  }
}
