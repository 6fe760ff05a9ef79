import Foundation
import Testing

@Suite struct TrainTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test(arguments: 0..<4)
  func irisIsLearned(_ seed: Int) throws {
    let result = try chainrule.run(Chainrule.iris + ["--seed", "\(seed)"])
    #expect(result.code == 0)
    #expect(result.numbers("rows").reduce(0, +) == 150 && result.numbers("rows").last == 30)
    let accuracy = result.numbers("accuracy")
    #expect(accuracy.count == 3 && accuracy[0] >= 80 && accuracy[2] >= 70)
    let matrix = try #require(result.output.split(separator: "predicted classes across").last)
    let counts = matrix.split(separator: "\n").filter { $0.first == "s" || $0.first == "v" }
      .map { $0.split(separator: " ").compactMap { Double($0) } }
    #expect(counts.prefix(3).map { $0.reduce(0, +) } == [10, 10, 10])
    #expect(result.output.contains("saved iris.safetensors\nnext: chainrule predict iris.safetensors new.csv\n"))
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
      #expect(result.code == 0, "\(name): \(result.errors)")
      // Adagrad and lion are slow by nature; the others learn it.
      #expect(result.numbers("accuracy").last ?? 0 >= (["adagrad", "lion"].contains(name) ? 40 : 80), "\(name)")
    }
  }

  @Test(
    "a schema can leave out inputs and outputs",
    arguments: ["8 relu", "16 tanh, 8 tanh", "[[8, \"relu\"]]", "4, 8 relu, 3 softmax"])
  func schemas(_ schema: String) throws {
    let result = try chainrule.run(Chainrule.iris + ["--schema", schema])
    #expect(result.code == 0 && result.numbers("accuracy").last ?? 0 >= 80, "\(result.errors)")
    #expect(result.output.contains(#/network +4, .*, 3 softmax; /#))
  }

  @Test("normalizations and dropout are trained, saved, inspected and evaluated")
  func layersBetween() throws {
    let schema = "4, 16, batchnorm relu, dropout 0.1, layernorm, 3 softmax"
    let result = try chainrule.run(Chainrule.iris + ["--schema", schema, "--loss", "cross-entropy 0.1"])
    #expect(result.code == 0 && result.numbers("accuracy").last ?? 0 >= 90)
    #expect(result.output.contains("loss (cross-entropy 0.1)"))
    let shown = try chainrule.run(["inspect", "iris.safetensors"]).output
    #expect(shown.contains("layer 1: relu, batch normalization of 16 values, 32 parameters"))
    #expect(shown.contains("layer 2: linear, dropout of a part 0.1"))
    #expect(try chainrule.run(["evaluate", "iris.safetensors", "iris.csv"]).numbers("accuracy")[0] >= 90)
  }

  @Test func theSameCommandGivesTheSameFile() throws {
    let other = try Chainrule()
    let arguments = Chainrule.iris + ["--epochs", "5", "--seed", "7"]
    try chainrule.run(arguments)
    try other.run(arguments)
    let model = try #require(chainrule.read("iris.safetensors"))
    #expect(model == other.read("iris.safetensors"))
    try other.run(Chainrule.iris + ["--epochs", "5", "--seed", "8"])
    #expect(model != other.read("iris.safetensors"))
  }

  @Test func numbersAreLearnedInTheirOwnUnits() throws {
    let rows = (0..<200).map { "\(Double($0) / 8),\(Double($0) * 3000 + 1e6)" }
    try chainrule.write("x,price\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "price"])
    #expect(result.code == 0)
    #expect(result.numbers("R²").count == 3 && result.numbers("R²").allSatisfy { $0 > 0.99 })
    let prediction = try chainrule.run(["predict", "t.safetensors", "t.csv"]).lines
    #expect(prediction[0] == "price")
    #expect(abs(try #require(Double(prediction[101])) - 1.3e6) < 30_000)
    // The loss is the square of the reported error.
    for (loss, error) in zip(
      result.numbers("loss (mean-squared-error)"), result.numbers("root mean squared error"))
    {
      #expect(abs(loss / (error * error) - 1) < 0.02)
    }
  }

  @Test(arguments: ["1 sigmoid", "2 softmax"])
  func twoClasses(_ last: String) throws {
    try chainrule.write(Sample.trees(labels: ("no", "\"yes, \"\"sure\"\"\"")), to: "t.csv")
    let columns = try chainrule.run(["describe", "t.csv", "--target", "kind", "--json"]).json["inputs"] as? Int
    let result = try chainrule.run([
      "train", "t.csv", "--target", "kind", "--schema", "\(try #require(columns)), 8 relu, \(last)",
    ])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.numbers("accuracy") == [100, 100, 100])
    let lines = try chainrule.run(["predict", "t.safetensors", "t.csv"]).lines
    #expect(lines[0] == "kind,probability_no,\"probability_yes, \"\"sure\"\"\"")
    #expect(lines[1].hasPrefix("no,0.") && lines[2].hasPrefix("\"yes, \"\"sure\"\"\",0."))
  }

  @Test(
    "several numbers are predicted together", arguments: [["--target", "y,z"], ["--target", "y", "--target", "z"]])
  func severalTargets(_ targets: [String]) throws {
    let rows = (0..<150).map { "\(Double($0 % 17) / 5),\(Double($0 % 17)),\(100 - Double($0 % 17))" }
    try chainrule.write("x,y,z\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv"] + targets)
    #expect(result.code == 0, "\(result.errors)")
    for name in ["y", "z"] { #expect(result.numbers(name).first ?? 0 > 0.95) }
    let lines = try chainrule.run(["predict", "t.safetensors", "t.csv"]).lines
    #expect(lines[0] == "y,z")
    let first = lines[1].split(separator: ",").compactMap { Double($0) }
    #expect(first.count == 2 && abs(first[0]) < 3 && abs(first[1] - 100) < 3)
  }

  @Test func theTaskIsOverruled() throws {
    let rows = (0..<120).map { "\(Double($0 % 10)),\($0 % 10 / 3)" }
    try chainrule.write("x,y\n" + rows.joined(separator: "\n"), to: "t.csv")
    for (task, part) in [("classes", "4 softmax"), ("number", "256 relu, 1;")] {
      let result = try chainrule.run(["train", "t.csv", "--target", "y", "--task", task, "--epochs", "2", "--json"])
      #expect(result.code == 0, "\(result.errors)")
      let model = try #require(try result.json["model"] as? [String: Any])
      #expect((model["classes"] == nil) == (task == "number"))
      #expect(
        try chainrule.run(["train", "t.csv", "--target", "y", "--task", task, "--epochs", "2"]).output.contains(part))
    }
  }

  @Test func noShuffleHoldsOutTheLastRows() throws {
    let result = try chainrule.run(Chainrule.iris + ["--no-shuffle", "--epochs", "1"])
    #expect(result.code == 0)
    #expect(result.numbers("virginica").first == 30)
  }

  @Test func withoutAHoldoutThereIsNoTest() throws {
    let result = try chainrule.run(Chainrule.iris + ["--holdout", "0", "--no-early-stopping", "--epochs", "1"])
    #expect(result.code == 0)
    #expect(result.numbers("rows") == [150])
    #expect(!result.output.contains("test"))
  }

  @Test("regression settings that used to diverge don't", arguments: ["100 relu", "32 relu", "64 relu, 64 relu"])
  func nothingDiverges(_ schema: String) throws {
    let rows = (0..<300).map { "\($0 % 30),\($0 * $0 % 97),\(Double($0 % 30) * 1000 - Double($0 * $0 % 97) * 50)" }
    try chainrule.write("a,b,y\n" + rows.joined(separator: "\n"), to: "t.csv")
    for seed in 0..<3 {
      let result = try chainrule.run(["train", "t.csv", "--target", "y", "--schema", schema, "--seed", "\(seed)"])
      #expect(result.code == 0 && result.numbers("R²").last ?? 0 > 0.9, "\(result.errors)")
    }
  }
}
