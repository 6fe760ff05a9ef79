import Foundation
import Testing

/// Continued training.
@Suite struct ContinueTests {
  private let chainrule: Chainrule

  /// Trains a model of trees first.
  init() throws {
    chainrule = try Chainrule()
    try chainrule.write(Sample.trees(), to: "jan.csv")
    try chainrule.run(["train", "jan.csv", "--target", "kind", "--output", "jan"])
  }

  private func goOn(_ table: String, _ arguments: String...) throws -> Chainrule.Result {
    try chainrule.write(table, to: "feb.csv")
    return try chainrule.run(["train", "feb.csv", "--continue", "jan", "--output", "feb"] + arguments)
  }

  @Test func columnsAreFoundByName() throws {
    let swapped = Sample.trees().split(separator: "\n").map { line in
      let cells = line.split(separator: ",")
      return "\(cells[2]),\(cells[1]),\(cells[0])"
    }
    let result = try goOn(swapped.joined(separator: "\n") + "\n", "--epochs", "0")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.numbers("accuracy") == [100, 100, 100])
  }

  @Test func scalingAndCategoriesStay() throws {
    // Only later trees are taller, and have colours that the model doesn't know.
    let table = Sample.trees().replacing("red", with: "violet")
    let result = try goOn(table, "--epochs", "3")
    #expect(result.code == 0, "\(result.errors)")
    func columns(_ model: String) throws -> [String] {
      try chainrule.run(["inspect", model]).lines.filter { $0.hasPrefix("  height") || $0.hasPrefix("  colour") }
        .map(String.init)
    }
    #expect(try columns("jan").count == 2)
    #expect(try columns("jan") == columns("feb"))
    #expect(chainrule.read("jan")?.suffix(40) != chainrule.read("feb")?.suffix(40), "it has learned")
  }

  @Test func whatTheModelDoesntKnowIsRefused() throws {
    let labels = try goOn(Sample.trees(labels: ("oak", "pine")))
    #expect(labels.code == 65 && labels.errorLines.count == 1)
    #expect(labels.errors.contains("“pine”") && labels.errors.contains("“ash”"))
    let columns = try goOn(Sample.trees().replacing("height", with: "size"))
    #expect(columns.code == 65 && columns.errors.contains("height"))
    let target = try goOn(Sample.trees(), "--target", "colour")
    #expect(target.code == 65 && target.errors.contains("predicts “kind”"))
    for option in [["--schema", "8 relu"], ["--ignore", "height"], ["--task", "number"], ["--folds", "3"]] {
      try chainrule.write(Sample.trees(), to: "feb.csv")
      let result = try chainrule.run(["train", "feb.csv", "--continue", "jan", "--output", "feb"] + option)
      #expect(result.code == 64 && result.errors.contains("--continue and \(option[0]) exclude each other"))
    }
    #expect(try chainrule.names == ["feb.csv", "iris.csv", "jan", "jan.csv"])
  }

  @Test func initialWeightsMustMatch() throws {
    try chainrule.write(Sample.trees(labels: ("oak", "pine")), to: "classes.csv")
    try chainrule.write(Sample.trees().replacing("height", with: "size"), to: "columns.csv")
    for (table, part) in [("classes.csv", "classes are ash, oak"), ("columns.csv", "input columns are height, colour")]
    {
      let result = try chainrule.run(["train", table, "--target", "kind", "--initial-weights", "jan", "--output", "x"])
      #expect(result.code == 65 && result.errorLines.count == 1 && result.errors.contains(part), "\(result.errors)")
    }
    let shape = try chainrule.run([
      "train", "jan.csv", "--target", "kind", "--schema", "5 relu", "--initial-weights", "jan", "--output", "x",
    ])
    #expect(shape.code == 65 && shape.errors.contains("“layers.0.weight”: its shape is (256, "))
    #expect(try !chainrule.names.contains("x"))
  }

  @Test func trainingStartsFromGivenWeights() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "0", "--seed", "3", "--output", "start"])
    try chainrule.run(Chainrule.iris + ["--epochs", "2", "--initial-weights", "start", "--seed", "3", "--output", "a"])
    try chainrule.run(Chainrule.iris + ["--epochs", "2", "--seed", "3", "--output", "b"])
    // The metadata differs, but the numbers at the end are the same.
    #expect(try #require(chainrule.read("a")).suffix(800) == chainrule.read("b")?.suffix(800))
    #expect(chainrule.read("a")?.suffix(800) != chainrule.read("start")?.suffix(800))
  }
}
