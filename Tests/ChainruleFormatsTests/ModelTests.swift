import Chainrule
import ChainruleData
import ChainruleFormats
import Foundation
import Testing

@Suite struct ModelTests {
  private let classifier = Model(
    network: Network("2, 3 leakyrelu 0.2, 3 softmax", seed: 5), loss: .crossEntropy,
    inputColumns: ["x", "the \"y\", é"],
    inputScalings: [Scaling(mean: 0.1, scale: 1.0 / 3), .identity], targetColumn: "kind",
    target: .classes(["a,b", "c", "é"]), seed: .max, training: ["epochs": "3"])
  private let regressor = Model(
    network: Network("1, 1", seed: 5), loss: .meanSquaredError, inputColumns: ["x"], inputScalings: [.identity],
    targetColumn: "y", target: .number(Scaling(mean: -1e-9, scale: 12.25)), seed: 0)

  @Test func whatIsSavedIsReadBack() throws {
    let folder = try TemporaryFolder()
    for model in [classifier, regressor] {
      try model.save(to: folder.file("m.safetensors"))
      #expect(try Model(contentsOf: folder.file("m.safetensors")) == model)
    }
  }

  @Test func tensorsHavePyTorchsNamesAndShapes() {
    let tensors = classifier.tensorFile(name: "m").tensors
    #expect(tensors.map(\.name) == ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
    #expect(tensors.map(\.shape) == [[3, 2], [3], [3, 3], [3]])
    #expect(tensors[0].values == classifier.network.weights(ofLayer: 0))
  }

  @Test func columnsAreFoundByName() throws {
    let table = try Table(csv: Data("\"the \"\"y\"\", é\",note,x,kind\n5,hi,0.1,c\n".utf8), name: "t.csv")
    #expect(try classifier.inputs(from: table) == [0, 5])
    #expect(try classifier.targets(from: table) == [0, 1, 0])
    let other = try Table(csv: Data("x\n1\n".utf8), name: "t.csv")
    #expect(throws: TableError.self) { try classifier.inputs(from: other) }
  }

  @Test func numbersAreScaledAndLossesAreNot() throws {
    let table = try Table(csv: Data("x,y\n1,12.25\n".utf8), name: "t.csv")
    #expect(try abs(regressor.targets(from: table)[0] - 1) < 1e-6)
    #expect(regressor.lossScale == 12.25 * 12.25)
    #expect(classifier.lossScale == 1)
  }

  @Test func theClassIsTheLargestOutput() {
    #expect(Model.classNumber([0.2, 0.5, 0.3] as [Float]) == 1)
    #expect(Model.classNumber([0.4, 0.2, 0.4] as [Float]) == 0)
    #expect(Model.classNumber([0.49] as [Float]) == 0)
    #expect(Model.classNumber([0.5] as [Float]) == 1)
    #expect(Model.classNumber(([9, 9, 0.1, 0.9] as [Float])[2...]) == 1)
  }

  @Test(arguments: [
    ("chainrule", nil), ("chainrule", "99"), ("schema", nil), ("schema", "nonsense"), ("schema", "2, 3, 2 softmax"),
    ("loss", "binary-cross-entropy"), ("loss", "x"), ("seed", "-1"), ("seed", "x"), ("input_columns", nil),
    ("input_columns", "[\"x\"]"), ("input_means", "[0]"), ("input_means", "x"), ("input_scales", "[0,1]"),
    ("input_scales", "[-1,1]"), ("classes", "[\"a\",\"a\",\"b\"]"), ("classes", "[\"a\"]"), ("classes", nil),
    ("target_column", nil), ("training", "[]"), ("schema", "2, 268435456, 3 softmax"),
  ])
  func damagedMetadataIsRefused(_ key: String, _ value: String?) {
    let file = classifier.tensorFile(name: "m")
    var metadata = file.metadata
    metadata[key] = value
    let error = #expect(throws: TensorFileError.self) {
      try Model(TensorFile(name: "m", tensors: file.tensors, metadata: metadata))
    }
    #expect(error?.description.contains("\n") == false)
  }

  @Test func weightsAreCheckedAgainstTheSchema() throws {
    let tensors = classifier.network.tensors
    let file = TensorFile(name: "w", tensors: tensors)
    #expect(try Network(classifier.network.schema, tensors: file) == classifier.network)
    let more = #expect(throws: TensorFileError.self) { try Network("2, 3", tensors: file) }
    #expect(more?.problem == .unexpectedTensor(layers: 1))
    let fewer = #expect(throws: TensorFileError.self) { try Network("2, 3, 3, 1", tensors: file) }
    #expect(fewer?.tensor == "layers.2.weight")
  }

  @Test func normalizationsKeepTheirStatistics() throws {
    var network = Network("2, 3, batchnorm relu, layernorm, dropout 0.1, 1", seed: 1)
    network.setRunning(means: [1, -2, 3], variances: [0.5, 0, 4], ofLayer: 1)
    network.setWeights([1, 2, 3], ofLayer: 2)
    let tensors = network.tensors
    #expect(
      tensors.map(\.name) == [
        "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.1.running_mean",
        "layers.1.running_var", "layers.2.weight", "layers.2.bias", "layers.4.weight", "layers.4.bias",
      ])
    #expect(try Network(network.schema, tensors: TensorFile(name: "w", tensors: tensors)) == network)
    var negative = tensors
    negative[5] = Tensor(name: "layers.1.running_var", shape: [3], values: [1, -1, 1])
    let error = #expect(throws: TensorFileError.self) {
      try Network(network.schema, tensors: TensorFile(name: "w", tensors: negative))
    }
    #expect(error?.problem == .negativeVariance(-1))
  }

  @Test func lossesKeepTheirNumbers() throws {
    for loss in [Loss.crossEntropy(smoothing: 0.1), .crossEntropy] {
      let model = Model(
        network: classifier.network, loss: loss, inputColumns: classifier.inputColumns,
        inputScalings: classifier.inputScalings, targetColumn: "kind", target: classifier.target, seed: 1)
      #expect(try Model(model.tensorFile(name: "m")).loss == loss)
    }
  }
}
