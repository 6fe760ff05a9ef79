import Foundation
import Testing

/// One thing that somebody may get wrong.
private struct Mistake: CustomTestStringConvertible, Sendable {
  var files: [String: String] = [:]
  let arguments: [String]
  let code: Int32
  let parts: [String]

  var testDescription: String { arguments.joined(separator: " ") }
}

private let iris = Chainrule.iris
private func train(_ csv: String, _ schema: String = "2, 1 sigmoid", target: String = "c") -> (
  [String: String], [String]
) {
  (["t.csv": csv], ["train", "t.csv", "--target", target, "--schema", schema])
}

private func mistake(_ table: ([String: String], [String]), _ code: Int32, _ parts: String...) -> Mistake {
  Mistake(files: table.0, arguments: table.1, code: code, parts: parts)
}

private func mistake(_ arguments: [String], _ code: Int32, _ parts: String...) -> Mistake {
  Mistake(arguments: arguments, code: code, parts: parts)
}

private func species(_ schema: String) -> [String] {
  ["train", "iris.csv", "--target", "species", "--schema", schema]
}

@Suite struct BadInputTests {
  private static let tables: [Mistake] = [
    mistake(["train", "no.csv"] + iris.dropFirst(2), 66, "no.csv: no such file"),
    mistake(["train", "."] + iris.dropFirst(2), 66, "folder"),
    mistake(["train", "iris.csv", "--target", "kind", "--schema", "4, 1"], 65, "“kind”", "found sepal_length"),
    mistake(train("a,b,c\n1,2,x\n3,y\n"), 65, "t.csv, row 2 (line 3): found 2 cells, the header has 3"),
    mistake(train("a,b,c\n1,2,x\n3,4,y,5\n"), 65, "row 2 (line 3): found 4 cells"),
    mistake(train(""), 65, "t.csv: the file is empty"),
    mistake(train("a,b,c\n"), 65, "no row below"),
    mistake(train("a,b,c\n1,2,x\nfour,3,y\n"), 65, "row 2 (line 3), column “a”: expected a number, found “four”"),
    mistake(train("a,b,c\n1,2,x\n4,,y\n"), 65, "row 2 (line 3), column “b”: the cell is empty"),
    mistake(train("a,b,c\n1,2,x\n4,3,\n"), 65, "row 2 (line 3), column “c”: the cell is empty"),
    mistake(train("a,b,c\n1,nan,x\n4,3,y\n"), 65, "row 1 (line 2), column “b”", "“nan”"),
    mistake(train("a,b,c\n1,1e99,x\n4,3,y\n"), 65, "row 1 (line 2), column “b”", "1e99 is too large"),
    mistake(train("a,b,c\n1,2,x\n4,3,x\n"), 65, "“c” has one class only, “x”"),
    mistake(train("a,b,c\n1,\"2,x\n4,3,y\n"), 65, "line 2: a quotation mark opens"),
    mistake(train("a,b,c\n1,2\",x\n4,3,y\n"), 65, "line 2: a quotation mark stands inside"),
    mistake(train("a,b,a\n1,2,x\n"), 65, "column “a”: columns 1 and 3"),
    mistake(train("a,,c\n1,2,x\n"), 65, "column 2 has no name"),
    mistake(train("a,b,c\n1,\u{0},x\n"), 65, "line 2: found bytes that are not text"),
    mistake(train("c\nx\ny\n"), 65, "has 2 inputs, but t.csv has 0 columns"),
    mistake(train("a,b,c\n1,\"two\nlines\",x\n4,3,y\n"), 65, "row 1 (line 2)", "“two lines”"),
  ]

  private static let schemas: [Mistake] = [
    mistake(species("5, 3 softmax"), 65, "the schema has 5 inputs", "4 columns beside the target “species”"),
    mistake(species("4, 4 softmax"), 65, "3 classes (setosa, versicolor, virginica)", "“4 softmax”", "“3 softmax”"),
    mistake(species("4, 1 sigmoid"), 65, "3 classes", "“1 sigmoid”"),
    mistake(species("4, 1"), 65, "row 1 (line 2), column “species”", "“setosa”", "“3 softmax” instead of “1 linear”"),
    mistake(train("a,b,c\n1,2,3\n4,5,6\n", "2, 2"), 65, "gives 1 number", "2 outputs"),
    mistake(species("4, 3 sofmax"), 64, "character 6 (“sofmax”)", "known are linear"),
    mistake(species("4"), 64, "no layer"),
    mistake(species(""), 64, "found nothing"),
    mistake(species("4, 999999999, 3 softmax"), 64, "too large"),
  ]

  private static let options: [Mistake] = [
    mistake(["train", "iris.csv", "--target", "species"], 64, "--schema", "see chainrule help train"),
    mistake(["frobnicate"], 64, "frobnicate"),
    mistake(iris + ["--epochs=-1"], 64, "--epochs must be 0 or more, found -1"),
    mistake(iris + ["--epochs", "many"], 64, "'many'", "--epochs"),
    mistake(iris + ["--batch-size", "0"], 64, "--batch-size must be 1 or more"),
    mistake(iris + ["--learning-rate", "0"], 64, "--learning-rate must be above 0"),
    mistake(iris + ["--learning-rate", "nan"], 64, "--learning-rate must be above 0"),
    mistake(iris + ["--bias-learning-rate", "inf"], 64, "--bias-learning-rate"),
    mistake(iris + ["--l2=-1"], 64, "--l2 must be 0 or more"),
    mistake(iris + ["--holdout", "1"], 64, "--holdout"),
    mistake(iris + ["--seed=-1"], 64, "--seed"),
    mistake(iris + ["--optimizer", "adan"], 64, "'adan'", "following: sgd, momentum"),
    mistake(
      Array(iris.dropLast()) + ["4, 8 relu, dropout 0.1, 3 softmax", "--optimizer", "lbfgs"], 65, "L-BFGS", "layer 2"),
    mistake(iris + ["--loss", "huber 0"], 64, "'huber 0'", "huber, quantile"),
    mistake(iris + ["--init", "ones"], 64, "'ones'", "following: uniform, normal, truncated-normal"),
    mistake(iris + ["--loss", "binary-cross-entropy"], 64, "needs a last layer with sigmoid, found softmax"),
    mistake(iris + ["--init", "zeros", "--initial-weights", "x"], 64, "--initial-weights"),
    mistake(iris + ["--initial-weights", "x"], 66, "x: no such file"),
    mistake(iris + ["--output", "no/m"], 73, "no/m", "create it first"),
    mistake(iris + ["--output", "."], 73, "folder"),
    mistake(iris + ["--learning-rate", "1e30"], 65, "step 2", "layer 2", "learning rate is too high"),
    mistake(["lab", "--site", "nowhere"], 66, "nowhere", "index.html"),
    mistake(["inspect", "nothing"], 66, "nothing: no such file"),
    mistake(["predict", "nothing\u{1B}[31m\nat all", "iris.csv"], 66, "no such file"),
  ]

  private static let figures: [Mistake] = [
    mistake(["figure"], 64, "<name>", "--list", "see chainrule help figure"),
    mistake(["figure", "rely"], 64, "no figure “rely”; there are forward-pass, ", "see chainrule help figure"),
    mistake(["figure", "relu", "--set", "slop=1"], 64, "relu has no parameter “slop”; it has ", "slope (-"),
    mistake(["figure", "relu", "--set", "slope=9"], 64, "slope can be -", "; found “9”"),
    mistake(["figure", "relu", "--set", "slope=steep"], 64, "slope can be -", "; found “steep”"),
    mistake(["figure", "relu", "--set", "slope"], 64, "slope needs a value: slope=…, with -"),
    mistake(["figure", "relu-network", "--set", "renew=1"], 64, "renew is an action and takes no value"),
    mistake(["figure", "relu", "--steps", "2"], 64, "relu stands still"),
    mistake(["figure", "regression", "--steps=-1"], 64, "--steps must be 0 or more, found -1"),
    mistake(["figure", "relu", "--width", "299"], 64, "--width must be from 300 to 1440, found 299"),
    mistake(["figure", "relu", "--theme", "sepia"], 64, "'sepia'", "'auto', 'light' or 'dark'"),
    mistake(["figure", "relu", "-o", "no/f.svg"], 73, "can't save no/f.svg", "create it first"),
    mistake(["figure", "relu", "-o", "."], 73, "folder"),
    mistake(["figure", "relu", "-o", "/proc/f.svg"], 73, "can't save /proc/f.svg"),
  ]

  @Test(arguments: tables + schemas + options + figures)
  private func mistakesGetOneLine(_ mistake: Mistake) throws {
    let chainrule = try Chainrule()
    for (name, text) in mistake.files { try chainrule.write(text, to: name) }
    let before = try chainrule.names
    try expect(chainrule.run(mistake.arguments), mistake)
    #expect(try chainrule.names == before, "nothing is left behind")
  }

  private func expect(_ result: Chainrule.Result, _ mistake: Mistake) {
    #expect(result.code == mistake.code, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1 && result.errors.hasSuffix("\n"), "\(result.errors)")
    #expect(result.errors.hasPrefix("chainrule: ") && !result.errors.contains("\u{1B}"))
    for part in mistake.parts { #expect(result.errors.contains(part), "\(result.errors)") }
  }

  @Test(arguments: ["predict", "evaluate", "inspect"])
  func damagedModels(_ command: String) throws {
    let chainrule = try Chainrule()
    try chainrule.run(iris + ["--epochs", "0"])
    let model = try #require(chainrule.read("iris.safetensors"))
    let table = command == "inspect" ? [] : ["iris.csv"]
    for size in [0, 7, 8, 100, model.count - 300, model.count - 1] {
      try model.prefix(size).write(to: URL(fileURLWithPath: chainrule.path("cut")))
      let result = try chainrule.run([command, "cut"] + table)
      #expect(result.code == 65 && result.errorLines.count == 1 && result.output.isEmpty, "\(result.errors)")
      #expect(result.errors.contains("cut") && result.errors.contains("truncated"), "\(result.errors)")
    }
    let other = try chainrule.run([command, "iris.csv"] + table)
    #expect(other.code == 65 && other.errorLines.count == 1 && other.errors.contains("not a safetensors file"))
  }

  @Test func weightsOfAnotherShape() throws {
    let chainrule = try Chainrule()
    try chainrule.run(iris + ["--epochs", "0", "--output", "w"])
    let result = try chainrule.run(species("4, 5 relu, 3 softmax") + ["--initial-weights", "w"])
    #expect(result.code == 65 && result.errorLines.count == 1)
    #expect(result.errors.contains("“layers.0.weight”: its shape is (8, 4), but the schema needs (5, 4)"))
  }

  @Test func tablesThatDoNotSuitAModel() throws {
    let chainrule = try Chainrule()
    try chainrule.run(iris + ["--epochs", "0"])
    try chainrule.write("sepal_length\n1\n", to: "few.csv")
    let few = try chainrule.run(["predict", "iris.safetensors", "few.csv"])
    #expect(few.code == 65 && few.errorLines.count == 1 && few.errors.contains("column “sepal_width”"))
    try chainrule.write(
      "sepal_length,sepal_width,petal_length,petal_width,species\n1,2,3,4,tulip\n", to: "tulip.csv")
    let tulip = try chainrule.run(["evaluate", "iris.safetensors", "tulip.csv"])
    #expect(tulip.code == 65 && tulip.errorLines.count == 1)
    #expect(tulip.errors.contains("row 1 (line 2), column “species”: the label “tulip” is none of"))
  }
}
