import Foundation
import Testing

@Suite struct TrainTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  /// The numbers at the end of the report's line that starts with `name`.
  private func numbers(_ name: String, in report: String) -> [Double] {
    guard let line = report.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return [] }
    return line.dropFirst(name.count).split(separator: " ").compactMap { Double($0) }
  }

  @Test(arguments: 0..<6)
  func irisIsLearnt(_ seed: Int) throws {
    let result = try chainrule.run(Chainrule.iris + ["--seed", "\(seed)"])
    #expect(result.code == 0)
    let accuracy = numbers("accuracy", in: result.output)
    #expect(accuracy.count == 2 && accuracy[0] >= 95 && accuracy[1] >= 90)
    #expect(numbers("rows", in: result.output) == [120, 30])
    let matrix = ["setosa", "versicolor", "virginica"].map { numbers($0, in: result.output) }
    #expect(matrix.map { $0.reduce(0, +) } == [10, 10, 10])
    let correct = (0..<3).map { matrix[$0][$0] }.reduce(0, +)
    #expect(abs(correct / 30 * 100 - accuracy[1]) < 0.051)
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }

  @Test("every optimizer learns, with its own rate")
  func optimizers() throws {
    // The help screen lists them all.
    let help = try chainrule.run(["train", "--help"]).output
    let list = try #require(help.replacing(/\s+/, with: " ").firstMatch(of: /\(values: (sgd[^;]*);/)).1
    let names = list.split(separator: ", ").map(String.init)
    #expect(names.count == 15)
    for name in names {
      let result = try chainrule.run(Chainrule.iris + ["--optimizer", name])
      #expect(result.code == 0)
      // Adagrad and lion go slowly by nature; the others have learnt it.
      let expected: Double = ["adagrad", "lion"].contains(name) ? 40 : 90
      #expect(numbers("accuracy", in: result.output)[1] >= expected, "\(name)")
      if name == "lbfgs" { #expect(result.errors.contains("converged after epoch ")) }
    }
  }

  @Test("layers between layers are trained, saved, inspected and evaluated")
  func layersBetween() throws {
    let schema = "4, 16, batchnorm relu, dropout 0.1, layernorm, 3 softmax"
    let result = try chainrule.run(
      ["train", "iris.csv", "--target", "species", "--schema", schema, "--loss", "cross-entropy 0.1"])
    #expect(result.code == 0 && numbers("accuracy", in: result.output)[1] >= 90)
    #expect(result.output.contains("loss (cross-entropy 0.1)"))
    let shown = try chainrule.run(["inspect", "iris.safetensors"]).output
    #expect(shown.contains("layer 1: relu, batch normalization of 16 values, 32 parameters"))
    #expect(shown.contains("layer 2: linear, dropout of a part 0.1"))
    let evaluation = try chainrule.run(["evaluate", "iris.safetensors", "iris.csv"])
    #expect(numbers("accuracy", in: evaluation.output)[0] >= 90)
  }

  @Test func theSameSeedGivesTheSameFile() throws {
    for (name, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
      try chainrule.run(Chainrule.iris + ["--epochs", "5", "--seed", seed, "--output", name])
    }
    let a = try #require(chainrule.read("a"))
    #expect(a == chainrule.read("b"))
    #expect(a != chainrule.read("c"))
  }

  @Test func aModelEvaluatesAndPredicts() throws {
    try chainrule.run(Chainrule.iris)
    let evaluation = try chainrule.run(["evaluate", "iris.safetensors", "iris.csv"])
    #expect(evaluation.code == 0 && evaluation.errors.isEmpty)
    #expect(numbers("rows", in: evaluation.output) == [150])
    #expect(numbers("accuracy", in: evaluation.output)[0] >= 95)

    let prediction = try chainrule.run(["predict", "iris.safetensors", "iris.csv"])
    #expect(prediction.code == 0 && prediction.errors.isEmpty)
    let lines = prediction.output.split(separator: "\n")
    #expect(lines[0] == "species,probability_setosa,probability_versicolor,probability_virginica")
    #expect(lines.count == 151)
    var right = 0
    for (index, line) in lines.dropFirst().enumerated() {
      let cells = line.split(separator: ",")
      let probabilities = cells.dropFirst().compactMap { Double($0) }
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
      if cells[0] == ["setosa", "versicolor", "virginica"][index / 50] { right += 1 }
    }
    let accuracy = numbers("accuracy", in: evaluation.output)[0]
    #expect(String(format: "%.1f %%", Double(right) / 1.5) == String(format: "%.1f %%", accuracy))
  }

  @Test func columnsAreFoundByNameAndOthersIgnored() throws {
    try chainrule.run(Chainrule.iris)
    try chainrule.write("sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n", to: "a.csv")
    try chainrule.write(
      "note,petal_width,petal_length,sepal_width,sepal_length\n\"x,y\",0.2,1.4,3.5,5.1\n", to: "b.csv")
    let a = try chainrule.run(["predict", "iris.safetensors", "a.csv"])
    #expect(a.output.contains("\nsetosa,"))
    #expect(try chainrule.run(["predict", "iris.safetensors", "b.csv"]).output == a.output)
  }

  @Test func numbersAreLearntInTheirOwnUnits() throws {
    let rows = (0..<200).map { "\($0),\(Double($0) * 3000 + 1e6)" }
    try chainrule.write("x,price\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "price", "--schema", "1, 1"])
    #expect(result.code == 0)
    let rSquared = numbers("R²", in: result.output)
    #expect(rSquared.count == 2 && rSquared.allSatisfy { $0 > 0.999 })
    let prediction = try chainrule.run(["predict", "t.safetensors", "t.csv"]).output.split(separator: "\n")
    #expect(prediction[0] == "price")
    #expect(abs(try #require(Double(prediction[101])) - 1.3e6) < 2000)
    // The loss is the square of the error that is reported.
    let loss = numbers("loss (mean-squared-error)", in: result.output)
    let error = numbers("root mean squared error", in: result.output)
    for (loss, error) in zip(loss, error) { #expect(abs(loss / (error * error) - 1) < 0.01) }
  }

  @Test(arguments: ["2, 1 sigmoid", "2, 2 softmax", "[2, [4, \"tanh\"], [1, \"sigmoid\"]]"])
  func twoClasses(_ schema: String) throws {
    let rows = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 7 > 2 ? "\"yes, \"\"sure\"\"\"" : "no")" }
    try chainrule.write("a,b,c\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "c", "--schema", schema])
    #expect(result.code == 0, "\(result.errors)")
    #expect(numbers("accuracy", in: result.output) == [100, 100])
    let lines = try chainrule.run(["predict", "t.safetensors", "t.csv"]).output.split(separator: "\n")
    #expect(lines[0] == "c,probability_no,\"probability_yes, \"\"sure\"\"\"")
    #expect(lines[1].hasPrefix("no,0.9") && lines[7].hasPrefix("\"yes, \"\"sure\"\"\",0.0"))
  }

  @Test func inspectShowsWhatWasTrained() throws {
    try chainrule.run(Chainrule.iris + ["--seed", "42", "--no-standardize", "--epochs", "1"])
    let result = try chainrule.run(["inspect", "iris.safetensors"])
    #expect(result.code == 0 && result.errors.isEmpty)
    for part in [
      "[4, [8, \"relu\"], [3, \"softmax\"]]", "67", "layer 0: relu, weight (8, 4), bias (8), 40 parameters",
      "layer 1: softmax, weight (3, 8), bias (3), 27 parameters", "petal_width: as it is",
      "species, 3 classes: setosa, versicolor, virginica", "cross-entropy", "seed        42", "epochs: 1",
    ] { #expect(result.output.contains(part), "\(part)") }
  }

  @Test func noShuffleHoldsOutTheLastRows() throws {
    let result = try chainrule.run(Chainrule.iris + ["--no-shuffle", "--epochs", "1"])
    #expect(result.code == 0)
    #expect(numbers("setosa", in: result.output).reduce(0, +) == 0)
    #expect(numbers("virginica", in: result.output).reduce(0, +) == 30)
  }

  @Test func withoutAHoldoutThereIsOneColumn() throws {
    let result = try chainrule.run(Chainrule.iris + ["--holdout", "0", "--epochs", "1"])
    #expect(result.code == 0)
    #expect(numbers("rows", in: result.output) == [150])
    #expect(!result.output.contains("held out"))
  }

  @Test func trainingStartsFromGivenWeights() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "0", "--seed", "3", "--output", "start"])
    try chainrule.run(
      Chainrule.iris + ["--epochs", "2", "--initial-weights", "start", "--seed", "3", "--output", "a"])
    try chainrule.run(Chainrule.iris + ["--epochs", "2", "--seed", "3", "--output", "b"])
    // The metadata tells them apart; the numbers, at the end, are the same.
    #expect(try #require(chainrule.read("a")).suffix(67 * 4) == chainrule.read("b")?.suffix(67 * 4))
    #expect(chainrule.read("a")?.suffix(67 * 4) != chainrule.read("start")?.suffix(67 * 4))
  }
}
