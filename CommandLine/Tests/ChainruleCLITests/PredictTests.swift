import Foundation
import Testing

@Suite struct PredictTests {
  private let chainrule: Chainrule

  /// Trains a model of irises first.
  init() throws {
    chainrule = try Chainrule()
    try chainrule.run(Chainrule.iris)
  }

  private let header = "sepal_length,sepal_width,petal_length,petal_width"

  private func predict(_ table: String, _ arguments: String...) throws -> Chainrule.Result {
    try chainrule.write(table, to: "new.csv")
    return try chainrule.run(["predict", "iris.safetensors", "new.csv"] + arguments)
  }

  @Test func labelsAndProbabilitiesAreThoseThatEvaluateCounts() throws {
    let evaluation = try chainrule.run(["evaluate", "iris.safetensors", "iris.csv"])
    #expect(evaluation.code == 0 && evaluation.errors.isEmpty)
    #expect(evaluation.numbers("rows") == [150])
    let accuracy = try #require(evaluation.numbers("accuracy").first)
    #expect(accuracy >= 90)

    let prediction = try chainrule.run(["predict", "iris.safetensors", "iris.csv"])
    #expect(prediction.code == 0 && prediction.errors.isEmpty)
    #expect(prediction.lines[0] == "species,probability_setosa,probability_versicolor,probability_virginica")
    #expect(prediction.lines.count == 151)
    var right = 0
    for (index, line) in prediction.lines.dropFirst().enumerated() {
      let cells = line.split(separator: ",")
      #expect(abs(cells.dropFirst().compactMap { Double($0) }.reduce(0, +) - 1) < 1e-5)
      if cells[0] == ["setosa", "versicolor", "virginica"][index / 50] { right += 1 }
    }
    #expect(String(format: "%.1f", Double(right) / 1.5) == String(format: "%.1f", accuracy))
  }

  @Test func columnsAreFoundByNameAndOthersIgnored() throws {
    let a = try predict(header + "\n5.1,3.5,1.4,0.2\n")
    #expect(a.code == 0 && a.output.contains("\nsetosa,"))
    let b = try predict(
      "note,petal_width,petal_length,sepal_width,sepal_length\n\"x,y\",0.2,1.4,3.5,5.1\n")
    #expect(b.output == a.output)
  }

  @Test("one bad cell doesn't stop the others", arguments: ["", "NA", "?", "wide", "1e999"])
  func badCells(_ cell: String) throws {
    let result = try predict(header + "\n5.1,3.5,1.4,0.2\n5.1,\(cell),1.4,0.2\n6.5,3.0,5.8,2.2\n")
    #expect(result.code == 0)
    #expect(result.lines.count == 4 && result.lines[1].hasPrefix("setosa,") && result.lines[3].hasPrefix("virginica,"))
    #expect(!result.output.contains("nan"))
    #expect(result.errorLines.count == 1 && result.errors.contains("sepal_width") && result.errors.contains("1"))
    #expect(try predict(header + "\n5.1,\(cell),1.4,0.2\n", "--quiet").errors.isEmpty)
  }

  @Test func missingColumnsAreAllNamed() throws {
    let result = try predict("sepal_length,petal_lenght\n1,2\n")
    #expect(result.code == 65 && result.errorLines.count == 1 && result.output.isEmpty)
    for name in ["“sepal_width”", "“petal_width”", "“petal_length” (is it “petal_lenght”?)"] {
      #expect(result.errors.contains(name), "\(result.errors)")
    }
  }

  @Test func anEmptyBatchGivesTheHeader() throws {
    let result = try predict(header + "\n")
    #expect(result.code == 0 && result.errors.isEmpty)
    #expect(result.output == "species,probability_setosa,probability_versicolor,probability_virginica\n")
  }

  @Test func columnsAreKept() throws {
    let table = "id,\(header),species,name\n007,5.1,3.5,1.4,0.2,setosa,\"Smith, J\"\n8,6.5,3.0,5.8,2.2,virginica,\n"
    let result = try predict(table, "--keep", "id,name", "--keep", "species")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.lines[0].hasPrefix("id,name,species,predicted_species,probability_setosa"))
    #expect(result.lines[1].hasPrefix("007,\"Smith, J\",setosa,setosa,"))
    #expect(result.lines[2].hasPrefix("8,,virginica,virginica,"))
    let wrong = try predict(table, "--keep", "nmae")
    #expect(wrong.code == 65 && wrong.errors.contains("--keep “nmae” (did you mean “name”?)"))
  }

  @Test func aFileTakesThePredictions() throws {
    let printed = try predict(header + "\n5.1,3.5,1.4,0.2\n")
    let saved = try predict(header + "\n5.1,3.5,1.4,0.2\n", "--output", "p.csv")
    #expect(saved.code == 0 && saved.output.isEmpty)
    #expect(chainrule.read("p.csv") == Data(printed.output.utf8))
    #expect(try predict(header + "\n5.1,3.5,1.4,0.2\n", "--output", "p.csv").code == 73)
    #expect(try predict(header + "\n5.1,3.5,1.4,0.2\n", "--output", "p.csv", "--force").code == 0)
  }

  @Test func aDashIsTheStandardStream() throws {
    let expected = try predict(header + "\n5.1,3.5,1.4,0.2\n").output
    for name in ["-", "/dev/stdin"] {
      let piped = try chainrule.shell("cat new.csv | \"$CHAINRULE\" predict iris.safetensors \(name) --output -")
      #expect(piped.code == 0 && piped.output == expected)
    }
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors", "new.csv"])
  }

  @Test func hugeNumbersDontBecomeNaN() throws {
    let result = try predict(header + "\n3e38,3e38,-3e38,1e308\n1e-320,0,0,0\n")
    #expect(result.code == 0 && result.lines.count == 3)
    #expect(!result.output.contains("nan") && !result.output.contains("inf"))
    #expect(result.errors.contains("sepal_length"))
  }

  @Test func unseenCategoriesAreCounted() throws {
    try chainrule.write(Sample.trees(), to: "trees.csv")
    try chainrule.run(["train", "trees.csv", "--target", "kind"])
    try chainrule.write("height,colour\n3,red\n24,purple\n25,purple\n", to: "new.csv")
    let result = try chainrule.run(["predict", "trees.safetensors", "new.csv"])
    #expect(result.code == 0)
    #expect(result.lines.map { $0.prefix(3) } == ["kin", "ash", "oak", "oak"])
    #expect(result.errorLines.count == 1)
    for part in ["colour", "purple", "2"] { #expect(result.errors.contains(part), "\(result.errors)") }
  }

  @Test func rowsThatCantBeJudgedAreLeftOutAndCounted() throws {
    try chainrule.write(
      header + ",species\n5.1,3.5,1.4,0.2,setosa\n6.5,3.0,5.8,2.2,tulip\n6.5,3.0,5.8,2.2,\n6.5,3.0,5.8,2.2,virginica\n",
      to: "e.csv")
    let result = try chainrule.run(["evaluate", "iris.safetensors", "e.csv"])
    #expect(result.code == 0 && result.numbers("rows") == [2] && result.numbers("accuracy") == [100])
    #expect(result.output.contains("1 row without a target"))
    #expect(result.output.contains("1 row with an unknown target (“tulip”)"))
    let json = try chainrule.run(["evaluate", "iris.safetensors", "e.csv", "--json"]).json
    #expect(json["rows"] as? Int == 2 && json["rowsWithUnknownTarget"] as? Int == 1)
    try chainrule.write(header + ",species\n5.1,3.5,1.4,0.2,tulip\n", to: "none.csv")
    #expect(try chainrule.run(["evaluate", "iris.safetensors", "none.csv"]).code == 65)
  }

  @Test func labelsThatAreNumbersCompareAsNumbers() throws {
    try chainrule.write(Sample.trees(labels: ("0", "1")), to: "t.csv")
    try chainrule.run(["train", "t.csv", "--target", "kind", "--task", "classes"])
    try chainrule.write("height,colour,kind\n1,red,0.0\n25,blue,1.0\n", to: "e.csv")
    let result = try chainrule.run(["evaluate", "t.safetensors", "e.csv"])
    #expect(result.code == 0 && result.numbers("rows") == [2] && result.numbers("accuracy") == [100])
  }
}
