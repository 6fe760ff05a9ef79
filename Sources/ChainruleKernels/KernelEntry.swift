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
  /// The entry's name in the table.
  public let name: String
  /// Floating-point operations at a shape, an elementary function counted as one.
  public let operations: @Sendable (LayerShape) -> Int
  private let body: @Sendable (Kernels, LayerShape, inout Workspace) -> Void

  /// Every entry of the table.
  public static let all: [KernelEntry] = [
    KernelEntry(name: "affine", operations: product) { kernels, shape, w in
      let x = w.input(shape.rows * shape.inputs)
      let weights = w.input(shape.inputs * shape.outputs)
      let biases = w.input(shape.outputs)
      kernels.affine(shape, x, weights, biases, w.output(shape.rows * shape.outputs))
    },
    KernelEntry(name: "weightGradient", operations: product) { kernels, shape, w in
      let x = w.input(shape.rows * shape.inputs)
      let delta = w.input(shape.rows * shape.outputs)
      let weights = w.output(shape.inputs * shape.outputs)
      kernels.weightGradient(shape, x, delta, weights, w.output(shape.outputs))
    },
    KernelEntry(name: "inputGradient", operations: product) { kernels, shape, w in
      let delta = w.input(shape.rows * shape.outputs)
      let weights = w.input(shape.inputs * shape.outputs)
      kernels.inputGradient(shape, delta, weights, w.output(shape.rows * shape.inputs))
    },
    elementwise("relu") { $0.relu },
    elementwiseGradient("reluGradient") { $0.reluGradient },
    elementwise("leakyReLU") { $0.leakyReLU },
    elementwiseGradient("leakyReLUGradient") { $0.leakyReLUGradient },
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
    KernelEntry(name: "descend", operations: single) { kernels, shape, w in
      let gradients = w.input(shape.rows * shape.outputs)
      kernels.descend(shape.rows * shape.outputs, w.changed(shape.rows * shape.outputs), gradients, 0.1, 0.01)
    },
    KernelEntry(name: "largestMagnitude", operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      w.output(1)[0] = kernels.largestMagnitude(count, w.input(count))
    },
  ]

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

  private init(
    name: String, operations: @escaping @Sendable (LayerShape) -> Int,
    body: @escaping @Sendable (Kernels, LayerShape, inout Workspace) -> Void
  ) {
    self.name = name
    self.operations = operations
    self.body = body
  }

  @Sendable private static func product(_ shape: LayerShape) -> Int { 2 * shape.rows * shape.inputs * shape.outputs }
  @Sendable private static func single(_ shape: LayerShape) -> Int { shape.rows * shape.outputs }

  private static func elementwise(
    _ name: String, _ entry: @escaping @Sendable (Kernels) -> Kernels.Elementwise
  ) -> KernelEntry {
    KernelEntry(name: name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let z = w.input(count)
      entry(kernels)(count, z, w.output(count), 0.01)
    }
  }

  private static func elementwiseGradient(
    _ name: String, _ entry: @escaping @Sendable (Kernels) -> Kernels.ElementwiseGradient
  ) -> KernelEntry {
    KernelEntry(name: name, operations: single) { kernels, shape, w in
      let count = shape.rows * shape.outputs
      let z = w.input(count)
      let a = w.input(count)
      entry(kernels)(count, z, a, w.changed(count), 0.01)
    }
  }
}

extension KernelEntry {
  /// Arrays for one run of an entry, each between guards that show a write out of bounds.
  fileprivate struct Workspace {
    private static let guardCount = 8
    private static let guardValue: Float = 12_345.678

    private let offset: Int
    private var state: UInt64
    private var blocks: [(base: UnsafeMutablePointer<Float>, count: Int, isOutput: Bool)] = []

    init(offset: Int, seed: UInt64) {
      self.offset = offset
      state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
    }

    /// An array of drawn values that the entry reads.
    mutating func input(_ count: Int) -> UnsafePointer<Float> {
      UnsafePointer(block(count, isOutput: false, drawn: true))
    }

    /// An array that the entry writes; what it leaves out stays at a value that no entry computes.
    mutating func output(_ count: Int) -> UnsafeMutablePointer<Float> { block(count, isOutput: true, drawn: false) }

    /// An array of drawn values that the entry changes in place.
    mutating func changed(_ count: Int) -> UnsafeMutablePointer<Float> { block(count, isOutput: true, drawn: true) }

    private mutating func block(_ count: Int, isOutput: Bool, drawn: Bool) -> UnsafeMutablePointer<Float> {
      let total = count + offset + 2 * Workspace.guardCount
      let base = UnsafeMutablePointer<Float>.allocate(capacity: total)
      base.initialize(repeating: Workspace.guardValue, count: total)
      let values = base + offset + Workspace.guardCount
      if drawn {
        for i in 0..<count { values[i] = draw() }
      }
      blocks.append((base, count, isOutput))
      return values
    }

    /// Between −2 and 2, with zeros among them.
    private mutating func draw() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let bits = UInt32(truncatingIfNeeded: state >> 33)
      return bits % 16 == 0 ? 0 : Float(Int32(bitPattern: bits << 1)) * 0x1p-30
    }

    /// Checks the guards, gathers what was written and frees the arrays.
    func finish() -> [Float] {
      var result: [Float] = []
      for block in blocks {
        let start = offset + Workspace.guardCount
        for i in 0..<start { precondition(block.base[i] == Workspace.guardValue, "written before an array") }
        for i in 0..<Workspace.guardCount {
          precondition(block.base[start + block.count + i] == Workspace.guardValue, "written behind an array")
        }
        if block.isOutput {
          for i in 0..<block.count { result.append(block.base[start + i]) }
        }
        block.base.deallocate()
      }
      return result
    }
  }
}
