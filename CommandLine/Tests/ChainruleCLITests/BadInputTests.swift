import Foundation
import Testing

/// A wrong command, its exit code, and parts of the expected message.
private struct Mistake: CustomTestStringConvertible, Sendable {
  var files: [String: String] = [:]
  let arguments: [String]
  let code: Int32
  let parts: [String]

  var testDescription: String { arguments.joined(separator: " ") }
}

private let iris = Chainrule.iris

private func train(_ csv: String, _ arguments: String..., target: String = "c") -> ([String: String], [String]) {
  (["t.csv": csv], ["train", "t.csv", "--target", target] + arguments)
}

private func mistake(_ table: ([String: String], [String]), _ code: Int32, _ parts: String...) -> Mistake {
  Mistake(files: table.0, arguments: table.1, code: code, parts: parts)
}

private func mistake(_ arguments: [String], _ code: Int32, _ parts: String...) -> Mistake {
  Mistake(arguments: arguments, code: code, parts: parts)
}

@Suite struct BadInputTests {
  private static let tables: [Mistake] = [
    mistake(["train", "no.csv", "--target", "c"], 66, "no.csv: no such file"),
    mistake(["train", ".", "--target", "c"], 66, "folder"),
    mistake(
      ["train", "iris.csv", "--target", "specis"], 65, "--target “specis” (did you mean “species”?)", "found sepal"),
    mistake(
      ["train", "iris.csv", "--target", "kind", "--ignore", "sepal_lenght,note", "--group", "x"], 65, "--target “kind”",
      "--ignore “sepal_lenght” (did you mean “sepal_length”?)", "--ignore “note”", "--group “x”"),
    mistake(train("a,b,c\n1,2,x\n3,y\n4,5,z\n"), 65, "t.csv, line 3", "2 cells"),
    mistake(train(""), 65, "t.csv: there is nothing in the file"),
    mistake(train("a,b,c\n"), 65, "no row"),
    mistake(train("a,b,c\n1,2,x\n4,3,x\n"), 65, "“c”", "“x”"),
    mistake(train("a,b,c\n1,2,\n4,3,NA\n"), 65, "“c”"),
    mistake(train("a,b,c\n1,\"2,x\n4,3,y\n"), 65, "line 2", "quotation mark"),
    mistake(train("a,b,c\n1,\u{0},x\n2,3,y\n"), 65, "t.csv"),
    mistake(train("c\nx\ny\nx\ny\n"), 65, "t.csv"),
    mistake(
      train("a,b,c\nx,1,u\ny,2,v\nx,3,u\ny,4,v\n", "--numeric", "a", "--task", "number"), 65, "“a”", "“c”"),
    mistake(train("a,b,c\n1,2,x\n3,4,y\n1,2,x\n3,4,y\n", "--ignore", "a,b"), 65, "a", "b"),
    mistake(
      ["train", "iris.csv", "--target", "species", "--validation", "no.csv"], 66, "no.csv: no such file"),
  ]

  private static let schemas: [Mistake] = [
    mistake(iris + ["--schema", "5, 3 softmax"], 65, "schema has 5 inputs", "4"),
    mistake(iris + ["--schema", "4, 4 softmax"], 65, "4 softmax", "3 softmax"),
    mistake(iris + ["--schema", "4, 1 sigmoid"], 65, "1 sigmoid", "3 softmax"),
    mistake(iris + ["--schema", "4, 8 relu, 1"], 65, "species", "3 softmax"),
    mistake(iris + ["--schema", "4, 3 sofmax"], 64, "character 6 (“sofmax”)", "expected one of linear"),
    mistake(iris + ["--schema", "4"], 64, "no layer"),
    mistake(iris + ["--schema", ""], 64, "found nothing"),
    mistake(iris + ["--schema", "4, 999999999, 3 softmax"], 64, "too large"),
    mistake(iris + ["--schema", "8 rleu"], 64, "“rleu”", "expected one of linear"),
  ]

  private static let options: [Mistake] = [
    mistake(["train", "iris.csv"], 64, "--target", "see chainrule help train"),
    mistake(["frobnicate"], 64, "frobnicate"),
    mistake(iris + ["--epochs=-1"], 64, "--epochs must be from 0 to 1,000,000,000, found -1"),
    mistake(iris + ["--epochs", "many"], 64, "'many'", "--epochs"),
    mistake(iris + ["--batch-size", "0"], 64, "--batch-size must be 1 or more, found 0"),
    mistake(iris + ["--learning-rate", "0"], 64, "--learning-rate must be above 0, found 0"),
    mistake(iris + ["--learning-rate", "nan"], 64, "--learning-rate must be above 0, found nan"),
    mistake(iris + ["--bias-learning-rate", "inf"], 64, "--bias-learning-rate"),
    mistake(iris + ["--l2=-1"], 64, "--l2 must be 0 or more, found -1"),
    mistake(iris + ["--l1", "nan"], 64, "--l1 must be 0 or more"),
    mistake(iris + ["--weight-decay", "inf"], 64, "--weight-decay must be 0 or more"),
    mistake(iris + ["--clip", "0"], 64, "--clip must be above 0, found 0"),
    mistake(iris + ["--max-norm=-2"], 64, "--max-norm must be above 0"),
    mistake(iris + ["--beta1", "1"], 64, "--beta1 must be from 0 to below 1, found 1"),
    mistake(iris + ["--momentum", "0.5"], 64, "--optimizer adam has no --momentum"),
    mistake(iris + ["--optimizer", "sgd", "--beta2", "0.5"], 64, "--optimizer sgd has no --beta2"),
    mistake(iris + ["--holdout", "1"], 64, "--holdout must be from 0 to below 1, found 1"),
    mistake(iris + ["--validation-fraction", "1.5"], 64, "--validation-fraction must be from 0 to below 1, found 1.5"),
    mistake(iris + ["--patience", "0"], 64, "--patience must be 1 or more, found 0"),
    mistake(iris + ["--folds", "1"], 64, "--folds must be from 2 to 1,000, found 1"),
    mistake(iris + ["--group", "species", "--time", "petal_width"], 64, "--group and --time exclude each other"),
    mistake(iris + ["--task", "guess"], 64, "--task", "classes or number"),
    mistake(iris + ["--schedule", "cosinus"], 64, "--schedule", "constant, cosine"),
    mistake(iris + ["--separator", "||"], 64, "--separator", "one character"),
    mistake(iris + ["--decimal", ";"], 64, "--decimal", "point or comma"),
    mistake(iris + ["--encoding", "ebcdic"], 64, "--encoding", "latin-1"),
    mistake(iris + ["--seed=-1"], 64, "--seed"),
    mistake(iris + ["--optimizer", "adan"], 64, "'adan'", "following: sgd, momentum"),
    mistake(iris + ["--optimizer", "lbfgs", "--learning-rate", "0.1"], 64, "lbfgs", "leave --learning-rate out"),
    mistake(iris + ["--optimizer", "lbfgs", "--schedule", "linear"], 64, "lbfgs", "leave --schedule out"),
    mistake(
      iris + ["--schema", "8 relu, dropout 0.1, 8 relu", "--optimizer", "lbfgs"], 65, "L-BFGS", "layer 2"),
    mistake(iris + ["--loss", "huber 0"], 64, "--loss", "found “0”", "a number above 0"),
    mistake(iris + ["--loss", "quantile 2"], 64, "--loss", "found “2”", "between 0 and 1"),
    mistake(iris + ["--loss", "hinge 2"], 64, "--loss", "hinge takes no number"),
    mistake(iris + ["--loss", "huger"], 64, "--loss", "no such loss", "huber, quantile"),
    mistake(iris + ["--init", "ones"], 64, "'ones'", "following: uniform, normal, truncated-normal"),
    mistake(
      iris + ["--schema", "4, 3 softmax", "--loss", "binary-cross-entropy"], 64,
      "needs a last layer with sigmoid, found softmax"),
    mistake(iris + ["--init", "zeros", "--initial-weights", "x"], 64, "--initial-weights"),
    mistake(iris + ["--continue", "x", "--initial-weights", "x"], 64, "--continue and --initial-weights exclude"),
    mistake(iris + ["--initial-weights", "x"], 66, "x: no such file"),
    mistake(iris + ["--continue", "x"], 66, "x: no such file"),
    mistake(iris + ["--output", "no/m"], 73, "no/m", "create it first"),
    mistake(iris + ["--output", "."], 73, "folder"),
    mistake(iris + ["--learning-rate", "1e30"], 65, "nothing was saved", "lower --learning-rate"),
    mistake(iris + ["--learning-rate", "1e38"], 65, "nothing was saved", "lower --learning-rate"),
    mistake(iris + ["--l2", "1e38"], 65, "nothing was saved", "lower --l2"),
    mistake(["train", "-", "--target", "x", "--test", "-"], 64, "only one table can come from standard input"),
    mistake(["lab", "--site", "nowhere"], 66, "nowhere", "index.html"),
    mistake(["inspect", "nothing"], 66, "nothing: no such file"),
    mistake(["describe", "nothing"], 66, "nothing: no such file"),
    mistake(["describe", "iris.csv", "--target", "specis"], 65, "did you mean “species”?"),
    mistake(["predict", "nothing\u{1B}[31m\nat all", "iris.csv"], 66, "no such file"),
  ]

  private static let figures: [Mistake] = [
    mistake(["figure"], 64, "<name>", "--list", "see chainrule help figure"),
    mistake(["figure", "rely"], 64, "no figure “rely”; the figures are hero, ", "see chainrule help figure"),
    mistake(["figure", "relu", "--set", "weigth=1"], 64, "relu has no parameter “weigth”; it has ", "weight (-"),
    mistake(["figure", "relu", "--set", "weight=9"], 64, "weight can be -", "; found “9”"),
    mistake(["figure", "relu", "--set", "weight=steep"], 64, "weight can be -", "; found “steep”"),
    mistake(["figure", "relu", "--set", "weight"], 64, "weight needs a value: weight=…, with -"),
    mistake(["figure", "relu-network", "--set", "renew=1"], 64, "renew is an action and takes no value"),
    mistake(["figure", "relu", "--steps", "2"], 64, "relu doesn't move, so it can't take steps"),
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

  @Test("a mistyped target is found before the rows are read")
  func theHeaderIsEnough() throws {
    let chainrule = try Chainrule()
    // The input never ends.
    let result = try chainrule.shell(
      "(cat iris.csv; yes 5.1,3.5,1.4,0.2,setosa) | \"$CHAINRULE\" train - --target specis; exit ${PIPESTATUS[1]}")
    #expect(result.code == 65 && result.errors.contains("did you mean “species”?"), "\(result.errors)")
  }
}
