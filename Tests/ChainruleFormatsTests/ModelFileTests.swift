import Chainrule
import ChainruleFormats
import ChainruleTables
import Foundation
import Testing

/// Models in files: written models can be read back, and damaged ones are refused.
@Suite struct ModelFileTests {
  static let scaling = NumberScaling(center: 0.1, scale: 1.0 / 3, fill: 0.25, minimum: -2, maximum: 7e5)

  /// With every kind of input and a class for a target.
  static let classifier: TabularModel = {
    let encoding = TableEncoding(
      inputs: [
        InputColumn(name: "the \"x\", é", kind: .number, coding: .number(scaling), hasMissingInput: true),
        InputColumn(
          name: "ok", kind: .yesNo, coding: .sign(negative: "no", positive: "yes"), hasMissingInput: false),
        InputColumn(
          name: "island", kind: .category, coding: .oneHot(levels: ["a,b", ""], poolsRest: true), hasMissingInput: false
        ),
        InputColumn(
          name: "day", kind: .date,
          coding: .date(
            DateCoding(
              format: DateFormat(order: .dayMonthYear, hasTime: true), trend: scaling, cycles: [.year, .day])),
          hasMissingInput: false),
      ],
      leftOut: [
        LeftOut(name: "id", reason: .identifier), LeftOut(name: "note", reason: .freeText),
        LeftOut(name: "c", reason: .constant("7")), LeftOut(name: "e", reason: .empty),
        LeftOut(name: "i", reason: .ignored), LeftOut(name: "n", reason: .notChosen),
      ],
      target: .classes(name: "kind", labels: ["1", "a,b", "é"]))
    var training = TrainingRecord()
    training.rows = 100
    training.epochs = 3
    training.bestEpoch = 2
    training.history = [TrainingRecord.Point(epoch: 1, loss: 0.5, validationLoss: nil)]
    training.settings = ["epochs": "3"]
    training.scores = ["accuracy": 1.0 / 3]
    training.command = "chainrule train 't.csv' --target kind"
    return TabularModel(
      encoding: encoding, network: Network("11, 3 leakyrelu 0.2, 3 softmax", seed: 5),
      loss: .crossEntropy(smoothing: 0.1),
      seed: .max, training: training)
  }()

  /// With two numbers for targets.
  static let regressor: TabularModel = {
    let encoding = TableEncoding(
      inputs: [InputColumn(name: "x", kind: .number, coding: .number(scaling), hasMissingInput: false)],
      target: .numbers([
        NumberTarget(name: "y", mean: -1e-9, scale: 12.25, minimum: -3, maximum: 40),
        NumberTarget(name: "z", mean: 1e9, scale: 1e-3, minimum: 0, maximum: 0),
      ]), clampsPredictions: false)
    return TabularModel(encoding: encoding, network: Network("1, 2", seed: 5), loss: .meanSquaredError)
  }()

  @Test func whatIsSavedIsReadBack() throws {
    let folder = try TemporaryFolder()
    for model in [Self.classifier, Self.regressor] {
      try model.save(to: folder.file("m.safetensors"))
      #expect(try TabularModel(contentsOf: folder.file("m.safetensors")) == model)
    }
  }

  @Test func theSameModelGivesTheSameBytes() {
    #expect(Self.classifier.tensorFile(name: "a").encoded() == Self.classifier.tensorFile(name: "b").encoded())
  }

  @Test func tensorsHavePyTorchsNamesAndShapes() throws {
    let tensors = Self.classifier.tensorFile(name: "m").tensors
    #expect(tensors.map(\.name) == ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
    #expect(tensors.map(\.shape) == [[3, 11], [3], [3, 3], [3]])
    #expect(try tensors[0].values == Self.classifier.network.weights(ofLayer: 0))
  }

  private func read(_ model: TabularModel, changing key: String, to value: String?) throws -> TabularModel {
    let file = model.tensorFile(name: "m")
    var metadata = file.metadata
    metadata[key] = value
    return try TabularModel(TensorFile(name: "m", tensors: file.tensors, metadata: metadata))
  }

  @Test(arguments: [
    ("chainrule", nil), ("chainrule", "1"), ("chainrule", "99"), ("schema", nil), ("schema", "nonsense"),
    ("schema", "11, 3, 2 softmax"), ("schema", "2, 268435456, 3 softmax"), ("loss", nil),
    ("loss", "binary-cross-entropy"), ("loss", "x"), ("seed", nil), ("seed", "-1"), ("seed", "x"), ("encoding", nil),
    ("encoding", ""), ("encoding", "{}"), ("encoding", "[]"), ("training", nil), ("training", "[]"),
    ("training", "{\"rows\":1}"),
  ])
  func damagedMetadataIsRefused(_ key: String, _ value: String?) {
    let error = #expect(throws: TensorFileError.self) { try read(Self.classifier, changing: key, to: value) }
    #expect(error?.description.contains("\n") == false)
  }

  @Test func anOlderModelIsSaidToBeOne() {
    let error = #expect(throws: TensorFileError.self) { try read(Self.classifier, changing: "chainrule", to: "1") }
    #expect(error?.problem == .olderFormat("1"))
    #expect(error?.description.contains("train it again") == true)
  }

  /// A part of the encoding's JSON and its replacement. Each makes the encoding invalid.
  private static let mistakes: [(String, String)] = [
    ("\"scale\":0.3333333333333333", "\"scale\":0"), ("\"scale\":0.3333333333333333", "\"scale\":-1"),
    ("\"scale\":0.3333333333333333", "\"scale\":\"infinity\""), ("\"scale\":0.3333333333333333", "\"scale\":null"),
    ("\"center\":0.1", "\"center\":\"nan\""), ("\"fill\":0.25", "\"fill\":1e999"),
    ("\"minimum\":-2", "\"minimum\":1e9"),
    ("\"kind\":\"number\"", "\"kind\":\"nothing\""), ("\"coding\":\"number\"", "\"coding\":\"sign\""),
    ("\"coding\":\"number\"", "\"coding\":\"one hot\""), ("\"coding\":\"number\"", "\"coding\":\"date\""),
    ("\"coding\":\"number\"", "\"coding\":\"x\""), ("[\"a,b\",\"\"]", "[\"\",\"\"]"), ("[\"a,b\",\"\"]", "[]"),
    ("[\"a,b\",\"\"]", "[\"a\",\"b\",\"c\"]"), ("\"negative\":\"no\"", "\"negative\":\"yes\""),
    ("\"missing_input\":true", "\"missing_input\":false"), ("\"order\":\"day month year\"", "\"order\":\"week\""),
    ("[\"year\",", "[\"day\","), ("[\"year\",", "[\"a week\","),
    ("\"column\":\"ok\"", "\"column\":\"island\""), ("\"column\":\"ok\"", "\"column\":\"kind\""),
    ("\"column\":\"ok\"", "\"column\":\"\""), ("\"reason\":\"identifier\"", "\"reason\":\"bored\""),
    ("\"reason\":\"constant\",\"value\":\"7\"", "\"reason\":\"constant\""),
    ("\"1\",\"a,b\",\"é\"", "\"1\",\"1\",\"é\""),
    ("\"1\",\"a,b\",\"é\"", "\"1\""), ("\"1\",\"a,b\",\"é\"", "\"1\",\"é\""),
    ("\"task\":\"classes\"", "\"task\":\"numbers\""),
    ("\"task\":\"classes\"", "\"task\":\"\""), ("\"output_form\":\"distribution\"", "\"output_form\":\"probability\""),
    ("\"output_form\":\"distribution\"", "\"output_form\":\"numbers\""),
    ("\"output_form\":\"distribution\"", "\"output_form\":\"\""),
    ("\"target_column\":\"kind\"", "\"target_column\":null"),
  ]

  @Test("an invalid encoding is refused", arguments: 0..<mistakes.count)
  func damagedEncoding(index: Int) throws {
    let (part, replacement) = Self.mistakes[index]
    let text = try #require(Self.classifier.tensorFile(name: "m").metadata["encoding"])
    try #require(text.contains(part))
    let damaged = text.replacingOccurrences(of: part, with: replacement)
    let error = #expect(throws: TensorFileError.self) { try read(Self.classifier, changing: "encoding", to: damaged) }
    #expect(error?.description.contains("\n") == false)
  }

  @Test(arguments: [
    ("\"scale\":12.25", "\"scale\":0"), ("\"column\":\"z\"", "\"column\":\"y\""), ("\"maximum\":40", "\"maximum\":-40"),
    ("\"output_form\":\"numbers\"", "\"output_form\":\"margin\""), ("\"task\":\"numbers\"", "\"task\":\"classes\""),
    ("\"column\":\"z\"", "\"column\":\"x\""),
  ])
  func damagedTargets(_ part: String, _ replacement: String) throws {
    let text = try #require(Self.regressor.tensorFile(name: "m").metadata["encoding"])
    try #require(text.contains(part))
    let damaged = text.replacingOccurrences(of: part, with: replacement)
    #expect(throws: TensorFileError.self) { try read(Self.regressor, changing: "encoding", to: damaged) }
  }

  @Test(arguments: [
    ("\"rows\":100", "\"rows\":-1"), ("\"bestEpoch\":2", "\"bestEpoch\":4"), ("\"bestEpoch\":2", "\"bestEpoch\":0"),
    ("\"ending\":\"completed\"", "\"ending\":\"x\""), ("\"epochs\":3,", "\"epochs\":3e99,"),
  ])
  func damagedRecords(_ part: String, _ replacement: String) throws {
    let text = try #require(Self.classifier.tensorFile(name: "m").metadata["training"])
    try #require(text.contains(part))
    let damaged = text.replacingOccurrences(of: part, with: replacement)
    #expect(throws: TensorFileError.self) { try read(Self.classifier, changing: "training", to: damaged) }
  }

  @Test("2,000 models with damaged metadata: each gives an error or a usable model")
  func mutations() throws {
    var random = RandomSource(seed: 11)
    var read = 0
    for round in 0..<2_000 {
      let model = round % 2 == 0 ? Self.classifier : Self.regressor
      let file = model.tensorFile(name: "m")
      var metadata = file.metadata
      let key = ["encoding", "encoding", "encoding", "training", "schema", "loss"][
        Int.random(in: 0..<6, using: &random)]
      var bytes = Array(try #require(metadata[key]).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) { Self.mutate(&bytes, using: &random) }
      metadata[key] = String(decoding: bytes, as: UTF8.self)
      guard let changed = try? TabularModel(TensorFile(name: "m", tensors: file.tensors, metadata: metadata)) else {
        continue
      }
      read += 1
      #expect(changed.encoding.inputCount == changed.network.schema.inputs)
      #expect(try TabularModel(changed.tensorFile(name: "m")).encoding == changed.encoding)
      let row = Dictionary(uniqueKeysWithValues: changed.encoding.inputs.map { ($0.name, Cell("1")) })
      // A scale near zero can lead to infinity, which is an error, never a prediction.
      if case .numbers(let numbers)? = try? changed.predict(row) { #expect(numbers.allSatisfy { $0.isFinite }) }
    }
    #expect(read > 20)
  }

  /// Changes a byte or a digit, or repeats or removes a piece.
  private static func mutate(_ bytes: inout [UInt8], using random: inout RandomSource) {
    if bytes.isEmpty { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1, 2:
      let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
      guard let digit = digits.randomElement(using: &random) else { return }
      bytes[digit] = Array("0123456789-eE.,".utf8).randomElement(using: &random)!
    case 3: bytes.remove(at: place)
    default:
      let end = min(bytes.count, place + 8)
      bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
    }
  }

  @Test("a small file that claims to be a large network is refused before memory is allocated")
  func claims() throws {
    var input = [InputColumn]()
    for name in ["a", "b", "c"] {
      input.append(InputColumn(name: name, kind: .number, coding: .number(Self.scaling), hasMissingInput: false))
    }
    let model = TabularModel(
      encoding: TableEncoding(inputs: input, target: .classes(name: "k", labels: ["x", "y"])),
      network: Network("3, 1 sigmoid"), loss: .binaryCrossEntropy)
    let file = model.tensorFile(name: "m")
    var metadata = file.metadata
    metadata["schema"] = "3, 50000000, 1 sigmoid"
    let error = #expect(throws: TensorFileError.self) {
      try TabularModel(TensorFile(name: "m", tensors: [], metadata: metadata))
    }
    guard case .unmatched(let tensors, let places) = error?.problem else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(tensors.isEmpty && places.first == "layers.0.weight (50000000, 3)")
  }

  @Test("a model needs all of its tensors with their own names, even those that other programs leave out")
  func ownTensors() throws {
    let file = Self.classifier.tensorFile(name: "m")
    let few = file.tensors.filter { $0.name != "layers.0.bias" }
    let error = #expect(throws: TensorFileError.self) {
      try TabularModel(TensorFile(name: "m", tensors: few, metadata: file.metadata))
    }
    #expect(error?.tensor == "layers.0.bias" && error?.problem == .missingTensor(known: few.map(\.name)))
    let renamed = file.tensors.map { tensor in
      Tensor(
        name: "model." + tensor.name, shape: tensor.shape, format: tensor.format, bytes: tensor.bytes)
    }
    #expect(throws: TensorFileError.self) {
      try TabularModel(TensorFile(name: "m", tensors: renamed, metadata: file.metadata))
    }
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
}
