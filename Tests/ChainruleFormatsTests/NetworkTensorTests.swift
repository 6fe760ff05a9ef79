import Chainrule
import ChainruleFormats
import Foundation
import Testing

/// Tensors are matched with a network's layers, whichever program named them.
@Suite struct NetworkTensorTests {
  private static let schema: Schema = "2, 3, batchnorm relu, dropout 0.1, 4, layernorm, 1"

  /// A network whose parameters all differ.
  private static let network: Network = {
    var network = Network(schema, initializer: .zeros)
    for (layer, sizes) in [(0, (6, 3)), (1, (3, 3)), (3, (12, 4)), (4, (4, 4)), (5, (4, 1))] {
      network.setWeights((0..<sizes.0).map { Float(layer * 100 + $0) }, ofLayer: layer)
      network.setBiases((0..<sizes.1).map { Float(layer * 100 + 50 + $0) }, ofLayer: layer)
    }
    network.setRunning(means: [1, -2, 3], variances: [0.5, 0, 4], ofLayer: 1)
    return network
  }()

  /// The network's tensors, with other names for its layers.
  private func file(_ names: [Int: String], leavingOut: Set<String> = []) -> TensorFile {
    TensorFile(
      name: "f",
      tensors: Self.network.tensors.compactMap { tensor in
        if leavingOut.contains(tensor.name) { return nil }
        let words = tensor.name.split(separator: ".")
        let layer = names[Int(words[1])!]!
        let name = layer.isEmpty ? String(words[2]) : "\(layer).\(words[2])"
        return Tensor(name: name, shape: tensor.shape, format: tensor.format, bytes: tensor.bytes)
      })
  }

  private func error(_ body: () throws -> Network) -> TensorFileError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? TensorFileError
    }
  }

  @Test(
    "names that differ only in numbers are matched in order",
    arguments: [
      ["0", "1", "4", "5", "12"], ["model.0", "model.1", "model.4", "model.5", "model.12"],
      ["module.net.2", "module.net.3", "module.net.9", "module.net.10", "module.net.100"],
      ["layers.0", "layers.1", "layers.4", "layers.5", "layers.6"], ["fc1", "fc2", "fc3", "fc4", "fc10"],
      ["0.0", "0.1", "1.0", "1.1", "2"], ["layers.0", "layers.1", "layers.3", "layers.4", "layers.5"],
      ["blocks.1.linear", "blocks.2.linear", "blocks.3.linear", "blocks.4.linear", "blocks.11.linear"],
    ])
  func orders(_ names: [String]) throws {
    let file = file(Dictionary(uniqueKeysWithValues: zip([0, 1, 3, 4, 5], names)))
    // The order in the file doesn't matter.
    for tensors in [file.tensors, file.tensors.reversed()] {
      let read = try Network(Self.schema, tensors: TensorFile(name: "f", tensors: Array(tensors)))
      #expect(read == Self.network)
    }
  }

  @Test func oneLayerMayHaveAnyName() throws {
    let network = Network("2, 3 relu", seed: 1)
    for prefix in ["", "linear.", "encoder.layers.7."] {
      let tensors = network.tensors.map {
        Tensor(name: prefix + $0.name.split(separator: ".")[2], shape: $0.shape, format: $0.format, bytes: $0.bytes)
      }
      #expect(try Network("2, 3 relu", tensors: TensorFile(name: "f", tensors: tensors)) == network)
    }
  }

  @Test("PyTorch's batch normalizations, and layers without biases")
  func batchNormalization() throws {
    let names = [0: "0", 1: "1", 3: "4", 4: "5", 5: "6"]
    let counter = Tensor(name: "1.num_batches_tracked", shape: [], format: .int64, bytes: Data(count: 8))
    let whole = file(names)
    let read = try Network(Self.schema, tensors: TensorFile(name: "f", tensors: whole.tensors + [counter]))
    #expect(read == Self.network)

    let few = file(names, leavingOut: ["layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.4.bias"])
    let plain = try Network(Self.schema, tensors: few)
    #expect(plain.biases(ofLayer: 0) == [0, 0, 0] && plain.biases(ofLayer: 4) == [0, 0, 0, 0])
    #expect(plain.weights(ofLayer: 1) == [1, 1, 1] && plain.biases(ofLayer: 1) == [0, 0, 0])
    #expect(
      plain.runningMeans(ofLayer: 1) == [1, -2, 3] && plain.weights(ofLayer: 0) == Self.network.weights(ofLayer: 0))

    let lost = error { try Network(Self.schema, tensors: file(names, leavingOut: ["layers.1.running_var"])) }
    #expect(lost?.problem == .unmatched(tensors: [], places: ["layers.1.running_var (3)"]))
    // PyTorch never leaves out a gain but not its shift.
    let odd = error { try Network(Self.schema, tensors: file(names, leavingOut: ["layers.1.weight"])) }
    #expect(odd?.problem == .unmatched(tensors: [], places: ["layers.1.weight (3)"]))
    let counted = Tensor(name: "0.num_batches_tracked", shape: [], format: .int64, bytes: Data(count: 8))
    let wrong = error { try Network(Self.schema, tensors: TensorFile(name: "f", tensors: whole.tensors + [counted])) }
    #expect(wrong?.problem == .unmatched(tensors: ["“0.num_batches_tracked” ()"], places: []))
  }

  @Test("a renaming changes names, or leaves tensors out")
  func renaming() throws {
    let names = [0: "input", 1: "norm", 3: "hidden", 4: "scale", 5: "head"]
    let file = file(names)
    let refused = error { try Network(Self.schema, tensors: file) }
    guard case .unmatched(let tensors, let places) = refused?.problem else {
      return #expect(Bool(false), "\(String(describing: refused))")
    }
    #expect(tensors.count == 12 && tensors.first == "“input.weight” (3, 2)")
    #expect(places.count == 12 && places.last == "layers.5.bias (1)")
    #expect(
      refused?.description.hasPrefix("f: the network has no place for “input.weight” (3, 2), “input.bias” (3), ")
        == true)
    #expect(refused?.description.contains(" and 4 more; the network needs layers.0.weight (3, 2), ") == true)
    let read = try Network(Self.schema, tensors: file) { name in
      let words = name.split(separator: ".")
      return "layers.\(names.first { $0.value == words[0] }!.key).\(words[1])"
    }
    #expect(read == Self.network)

    // Only the first layers: the others are left out.
    let start = try Network("2, 3, batchnorm relu", tensors: file) { name in
      ["input": "0", "norm": "1"][name.prefix { $0 != "." }].map { $0 + name.drop { $0 != "." } }
    }
    #expect(start.weights(ofLayer: 0) == Self.network.weights(ofLayer: 0))
    #expect(start.runningVariances(ofLayer: 1) == [0.5, 0, 4])

    let twice = error { try Network("2, 3", tensors: file) { $0.hasSuffix("weight") ? "layers.0.weight" : nil } }
    #expect(twice?.problem == .renamedAlike(other: "input.weight", name: "layers.0.weight"))
    #expect(twice?.tensor == "norm.weight")
  }

  @Test("the error names everything that doesn't match: extra and missing tensors, and shapes")
  func misfits() throws {
    let network = Network("4, 8 relu, 3 softmax", seed: 1)
    let own = TensorFile(name: "w", tensors: network.tensors)
    #expect(try Network(network.schema, tensors: own) == network)
    let more = error { try Network("4, 8", tensors: own) }
    #expect(more?.problem == .unmatched(tensors: ["“layers.1.weight” (3, 8)", "“layers.1.bias” (3)"], places: []))
    let fewer = error { try Network("4, 8, 3, 1", tensors: own) }
    #expect(fewer?.problem == .unmatched(tensors: [], places: ["layers.2.weight (1, 3)", "layers.2.bias (1)"]))
    #expect(
      fewer?.description
        == "w: the network needs layers.2.weight (1, 3), layers.2.bias (1), and there's no such tensor; "
        + "name the tensors layers.0.weight and so on, or pass a renaming")
    let shape = error { try Network("4, 7, 3", tensors: own) }
    #expect(shape?.problem == .wrongShape(found: [8, 4], expected: [7, 4], place: nil))

    let sequential = TensorFile(
      name: "w",
      tensors: network.tensors.map {
        Tensor(
          name: $0.name.hasPrefix("layers.0") ? "0" + $0.name.dropFirst(8) : "2" + $0.name.dropFirst(8),
          shape: $0.shape.reversed(), format: $0.format, bytes: $0.bytes)
      })
    let turned = error { try Network(network.schema, tensors: sequential) }
    #expect(turned?.problem == .wrongShape(found: [4, 8], expected: [8, 4], place: "layers.0.weight"))
    #expect(turned?.description.contains("layers.0.weight needs (8, 4); transpose it") == true)

    let typo = Tensor(name: "0.biases", shape: [8], values: [Float](repeating: 0, count: 8))
    let kept = own.tensors.filter { $0.name != "layers.0.bias" }
    #expect(error { try Network(network.schema, tensors: TensorFile(name: "w", tensors: kept + [typo])) } != nil)
    for bad in ["01.weight", "9999999999999999999999.weight", "weight", "", ".", "layers.-1.weight", "layers.0"] {
      let tensor = Tensor(name: bad, shape: [3, 8], values: [Float](repeating: 0, count: 24))
      let file = TensorFile(name: "w", tensors: own.tensors + [tensor])
      guard case .unmatched(let tensors, _) = error({ try Network(network.schema, tensors: file) })?.problem else {
        return #expect(Bool(false), "“\(bad)” found a place")
      }
      #expect(tensors.contains("“\(bad)” (3, 8)"))
    }
  }

  @Test func numbersThatDoNotFitAreRefused() throws {
    let network = Network("1, 1", seed: 1)
    for value in [Float.nan, .infinity] {
      let weight = Tensor(name: "layers.0.weight", shape: [1, 1], values: [value])
      let refused = error {
        try Network("1, 1", tensors: TensorFile(name: "w", tensors: [weight, network.tensors[1]]))
      }
      #expect(refused?.problem == .notFinite && refused?.tensor == "layers.0.weight")
    }
    let large = withUnsafeBytes(of: (1e300).bitPattern.littleEndian) { Data($0) }
    let double = Tensor(name: "0.weight", shape: [1, 1], format: .float64, bytes: large)
    let refused = error { try Network("1, 1", tensors: TensorFile(name: "w.safetensors", tensors: [double])) }
    #expect(
      refused?.description
        == "w.safetensors, tensor “0.weight”: it holds 1e+300, but the largest Float is 3.4028235e+38")
    let half = Tensor(name: "0.weight", shape: [1, 1], format: .float16, bytes: Data([0, 0x3C]))
    #expect(try Network("1, 1", tensors: TensorFile(name: "w", tensors: [half])).predict([3]) == [3])
  }
}
