import Chainrule
import ChainruleKernels
import Testing

/// Compares every entry of every table with the reference, at sizes around those of tiles.
struct KernelEntryTests {
  static let sizes = [0, 1, 3, 4, 5, 7, 8, 9, 15, 17, 33]

  /// Every table except the reference. The native ones equal the portable one on processors without a faster table.
  static let tables: [(name: String, kernels: Kernels)] = [
    ("portable", .portable), ("native on one thread", .native(threads: 1)), ("native on three", .native(threads: 3)),
  ]

  @Test("agrees with the reference", arguments: KernelEntry.all.indices, tables.indices)
  func agreement(index: Int, table: Int) {
    let entry = KernelEntry.all[index]
    let (name, kernels) = Self.tables[table]
    var compared = 0
    for rows in Self.sizes {
      for inputs in Self.sizes {
        for outputs in Self.sizes {
          // Elementwise entries don't depend on the number of inputs.
          let shape = LayerShape(rows: rows, inputs: inputs, outputs: outputs)
          let offset = (rows + inputs + outputs) % 4
          let seed = UInt64(rows * 10_000 + inputs * 100 + outputs)
          let expected = entry.run(.reference, shape: shape, offset: offset, seed: seed)
          let found = entry.run(kernels, shape: shape, offset: offset, seed: seed)
          #expect(expected.count == found.count)
          for (e, f) in zip(expected, found) where !agree(e, f) {
            Issue.record("\(entry.name) at \(shape): reference \(e), \(name) \(f)")
            return
          }
          compared += expected.count
        }
      }
    }
    #expect(compared > 1_000)
  }

  /// Sizes at which a product is cut into blocks, panels and stretches, and is shared among threads, in every
  /// dimension.
  static let largeShapes =
    [
      LayerShape(rows: 30, inputs: 300, outputs: 70), LayerShape(rows: 271, inputs: 65, outputs: 129),
      LayerShape(rows: 70, inputs: 530, outputs: 8), LayerShape(rows: 257, inputs: 271, outputs: 150),
      LayerShape(rows: 1, inputs: 300, outputs: 203), LayerShape(rows: 5, inputs: 257, outputs: 7),
      // A gradient's rows are copied in tiles of six: try every remainder. Several stretches of the depth, blocks in a
      // thread's piece, and weights just small enough to be transposed as a whole.
      LayerShape(rows: 300, inputs: 20, outputs: 33), LayerShape(rows: 590, inputs: 21, outputs: 33),
      LayerShape(rows: 12, inputs: 1100, outputs: 17), LayerShape(rows: 12, inputs: 64, outputs: 64),
      LayerShape(rows: 12, inputs: 65, outputs: 64), LayerShape(rows: 12, inputs: 9, outputs: 455),
    ] + (264...276).map { LayerShape(rows: 66, inputs: $0, outputs: 33) }

  @Test("agrees with the reference in large products", arguments: largeShapes, tables.indices)
  func largeProducts(shape: LayerShape, table: Int) throws {
    for name in ["affine", "weightGradient", "fused", "inputGradient"] {
      let entry = try #require(KernelEntry.all.first { $0.name == name })
      let expected = entry.run(.reference, shape: shape, offset: 1, seed: 7)
      let found = entry.run(Self.tables[table].kernels, shape: shape, offset: 1, seed: 7)
      // Sums of some hundred terms of size up to 4, whose rounding errors add up like a random walk.
      for (e, f) in zip(expected, found) where abs(e - f) > 1e-4 * max(1, abs(e)) {
        Issue.record("\(name): reference \(e), \(Self.tables[table].name) \(f)")
        return
      }
    }
  }

  @Test(
    "the number of threads doesn't change the bits",
    arguments: largeShapes + [LayerShape(rows: 400, inputs: 1, outputs: 250)])
  func threads(shape: LayerShape) {
    let alone = Kernels.native(threads: 1)
    for count in [2, 3, 5] {
      let together = Kernels.native(threads: count)
      for entry in KernelEntry.all {
        let expected = entry.run(alone, shape: shape, seed: 3).map(\.bitPattern)
        #expect(entry.run(together, shape: shape, seed: 3).map(\.bitPattern) == expected, "\(entry.name)")
      }
    }
  }

  @Test("a sample's result doesn't depend on its batch", arguments: ["affine", "inputGradient"])
  func independentRows(name: String) throws {
    let entry = try #require(KernelEntry.all.first { $0.name == name })
    // With another number of rows, only the first array gets the same random values, so call the table directly.
    let shape = LayerShape(rows: 9, inputs: 13, outputs: 11)
    let whole = entry.run(.portable, shape: shape, seed: 5)
    let again = entry.run(.portable, shape: shape, offset: 3, seed: 5)
    #expect(whole.map(\.bitPattern) == again.map(\.bitPattern), "alignment must not change a bit")

    let x = (0..<(9 * 13)).map { Float($0 % 17) * 0.13 - 1 }
    let weights = (0..<(13 * 11)).map { Float($0 % 23) * 0.07 - 0.8 }
    let biases = (0..<11).map { Float($0) * 0.1 }
    func affine(rows: Int, from first: Int) -> [UInt32] {
      var result = [Float](repeating: 0, count: rows * 11)
      let shape = LayerShape(rows: rows, inputs: 13, outputs: 11)
      x.withUnsafeBufferPointer { x in
        result.withUnsafeMutableBufferPointer { result in
          Kernels.portable.affine(
            shape, x.baseAddress! + first * 13, weights, biases, result.baseAddress!, result.baseAddress!)
        }
      }
      return result.map(\.bitPattern)
    }
    let batch = affine(rows: 9, from: 0)
    for row in 0..<9 { #expect(affine(rows: 1, from: row) == Array(batch[(row * 11)..<(row * 11 + 11)])) }
  }

  @Test("the list covers the whole table")
  func complete() {
    let fields = Mirror(reflecting: Kernels.reference).children.flatMap { child -> [String] in
      let name = child.label ?? ""
      // The size of the scratch memory and the sharing of work aren't loops.
      if child.value is Int || name == "concurrently" { return [] }
      let parts = Mirror(reflecting: child.value).children.filter { !($0.value is Int) }.compactMap(\.label)
      return child.value is NormalizationKernels || child.value is UpdateKernels || child.value is LaneKernels
        ? parts.map { "\(name).\($0)" } : [name]
    }
    #expect(Set(fields) == Set(KernelEntry.all.map(\.name)))
  }

  @Test("non-finite values propagate", arguments: [Kernels.reference, .portable, .native])
  func nonFinite(kernels: Kernels) {
    let z: [Float] = [.nan, .infinity, -.infinity, .nan, .infinity, -.infinity, 0, -0.0]
    func map(_ entry: Kernels.Elementwise) -> [Float] {
      var result = [Float](repeating: 7, count: z.count)
      result.withUnsafeMutableBufferPointer { entry(z.count, z, $0.baseAddress!, 0.01) }
      return result
    }
    for entry in [
      kernels.relu, kernels.leakyReLU, kernels.elu, kernels.selu, kernels.gelu, kernels.geluTanh, kernels.silu,
      kernels.softplus, kernels.softsign, kernels.sigmoid, kernels.hardSigmoid, kernels.tanh,
    ] {
      let result = map(entry)
      #expect(result[0].isNaN && result[3].isNaN)
      #expect(!result[1].isNaN && !result[2].isNaN && !result[4].isNaN && !result[5].isNaN)
    }
    #expect(map(kernels.sigmoid)[1] == 1 && map(kernels.sigmoid)[2] == 0)
    #expect(map(kernels.tanh)[1] == 1 && map(kernels.tanh)[2] == -1)
    #expect(kernels.largestMagnitude(z.count, z).isNaN)
    #expect(kernels.largestMagnitude(2, [1, -.infinity]) == .infinity)
    #expect(kernels.largestMagnitude(3, [1, -5, 2]) == 5)
    #expect(kernels.largestMagnitude(0, [1]) == 0)
  }

  @Test("softmax of huge logits neither overflows nor vanishes", arguments: [Kernels.reference, .portable, .native])
  func softmax(kernels: Kernels) {
    var result = [Float](repeating: 0, count: 6)
    let logits: [Float] = [1000, 999, -1000, -1e30, -1e30, -1e30]
    result.withUnsafeMutableBufferPointer { kernels.softmax(2, 3, logits, $0.baseAddress!) }
    #expect(abs(result[0] - 0.731_058_6) < 1e-6 && abs(result[1] - 0.268_941_4) < 1e-6 && result[2] == 0)
    for value in result[3...] { #expect(abs(value - 1 / 3) < 1e-6) }
  }

  /// Whether two values are equal within the rounding of a sum of up to 33 terms of size up to 4.
  private func agree(_ a: Float, _ b: Float) -> Bool {
    a == b || abs(a - b) <= 1e-5 * max(1, abs(a))
  }
}
