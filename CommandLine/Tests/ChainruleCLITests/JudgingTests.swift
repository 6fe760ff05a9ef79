import Foundation
import Testing

/// How models are tested, and what the reports say.
@Suite struct JudgingTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test func theReportIsJSONToo() throws {
    let json = try chainrule.run(Chainrule.iris + ["--json", "--epochs", "50"]).json
    #expect(json["saved"] as? String == "iris.safetensors")
    let scores = try #require(json["scores"] as? [[String: Any]])
    #expect(scores.map { $0["part"] as? String } == ["training", "validation", "test"])
    let test = try #require(scores[2]["evaluation"] as? [String: Any])
    let classes = try #require(test["classes"] as? [String: Any])
    #expect(test["rows"] as? Int == 30 && (classes["perClass"] as? [Any])?.count == 3)
    for name in ["accuracy", "precision", "recall", "f1", "auc"] { #expect(classes[name] is Double, "\(name)") }
    let model = try #require(json["model"] as? [String: Any])
    let training = try #require(model["training"] as? [String: Any])
    #expect((training["history"] as? [Any])?.count == 50)
  }

  @Test func quietPrintsNothing() throws {
    let result = try chainrule.run(Chainrule.iris + ["--quiet"])
    #expect(result.code == 0 && result.output.isEmpty && result.errors.isEmpty)
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }

  @Test func classesAndNumbersAreJudgedInFull() throws {
    let classes = try chainrule.run(Chainrule.iris).output
    for part in ["accuracy", "precision", "recall", "F1", "AUC", "loss over 200 epochs", "validation  ", "▁"] {
      #expect(classes.contains(part), "\(part)")
    }
    try chainrule.write(Sample.numbers(), to: "t.csv")
    let numbers = try chainrule.run(["train", "t.csv", "--target", "y"]).output
    for part in ["R²", "mean absolute error", "root mean squared error"] { #expect(numbers.contains(part), "\(part)") }
  }

  @Test func aClassThatIsNeverPredictedIsNamed() throws {
    // Frauds are rare even among large amounts, where they're most likely.
    let rows = (0..<400).map { $0 % 40 == 0 ? "\(Double(60 + $0 * 37 % 41)),fraud" : "\(Double($0 * 37 % 101)),fine" }
    try chainrule.write("x,kind\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "kind", "--epochs", "20"])
    #expect(result.code == 0)
    #expect(result.output.contains("never predicts “fraud”") && result.output.contains("--balance"))
    #expect(result.output.contains("no better than always guessing"))
    let balanced = try chainrule.run(["train", "t.csv", "--target", "kind", "--epochs", "20", "--balance"])
    #expect(balanced.code == 0 && !balanced.output.contains("never predicts “fraud”"))
  }

  @Test func aUselessNumberModelIsCalledSo() throws {
    let rows = (0..<200).map { "\(Double($0 * 37 % 101)),\(Double($0 * 7919 % 499))" }
    try chainrule.write("x,y\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "y", "--epochs", "0"])
    #expect(result.output.contains("no better than always guessing the mean"))
  }

  @Test func tablesOfTheirOwnValidateAndTest() throws {
    let lines = Sample.trees(rows: 200).split(separator: "\n")
    for (name, part) in [("train", 1..<101), ("valid", 101..<151), ("test", 151..<201)] {
      try chainrule.write(([lines[0]] + lines[part]).joined(separator: "\n") + "\n", to: name + ".csv")
    }
    let result = try chainrule.run([
      "train", "train.csv", "--target", "kind", "--validation", "valid.csv", "--test", "test.csv",
    ])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.numbers("rows") == [100, 50, 50])
    #expect(result.numbers("accuracy") == [100, 100, 100])
  }

  @Test func foldsGiveAMeanAndADeviation() throws {
    let result = try chainrule.run(Chainrule.iris + ["--folds", "3", "--epochs", "60"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains(/3 folds +mean +deviation/))
    let json = try chainrule.run(Chainrule.iris + ["--folds", "3", "--epochs", "60", "--json"]).json
    let mean = try #require(json["foldMean"] as? [String: Double])
    #expect(mean["accuracy"] ?? 0 > 0.8 && (json["folds"] as? [Any])?.count == 3)
    #expect(try chainrule.run(Chainrule.iris + ["--folds", "151"]).code == 65)
  }

  @Test func groupsStayTogether() throws {
    // Each person has a mark that determines the kind, so only rows of the same person help.
    let rows = (0..<240).map { "\($0 / 8 * 13 % 31),\($0 / 8 * 7 % 2 == 0 ? "a" : "b"),p\($0 / 8)" }
    try chainrule.write("mark,kind,person\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "kind", "--group", "person", "--epochs", "3"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.numbers("rows").allSatisfy { Int($0) % 8 == 0 }, "no person is in two parts")
    #expect(result.output.contains("person (ignored)"))
  }

  @Test func theLatestRowsAreTested() throws {
    // The kind changes with time, so a test on only the latest rows has one class.
    let rows = (0..<100).map { "\(1999 + $0 * 37 % 100),\(Double($0 % 9)),\($0 * 37 % 100 < 70 ? "early" : "late")" }
    try chainrule.write("year,x,kind\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "kind", "--time", "year", "--epochs", "3"])
    #expect(result.code == 0, "\(result.errors)")
    let json = try chainrule.run(["train", "t.csv", "--target", "kind", "--time", "year", "--epochs", "3", "--json"])
      .json
    let test = try #require((json["scores"] as? [[String: Any]])?.last?["evaluation"] as? [String: Any])
    let classes = try #require((test["classes"] as? [String: Any])?["perClass"] as? [[String: Any]])
    #expect(classes.map { $0["rows"] as? Int } == [0, 20])
  }

  @Test func patienceStopsTraining() throws {
    let result = try chainrule.run(Chainrule.iris + ["--patience", "3", "--epochs", "2000", "--schedule", "constant"])
    #expect(result.code == 0 && result.output.contains("the loss no longer fell"))
    let shown = try chainrule.run(["inspect", "iris.safetensors"]).output
    #expect(shown.contains(/epochs +\d+, weights of epoch \d+ kept/))
  }

  @Test(
    "the engine's options take effect",
    arguments: [
      ["--schedule", "one-cycle"], ["--clip", "0.5"], ["--weight-decay", "0.01", "--optimizer", "adamw"],
      ["--l1", "0.0001"],
      ["--l2", "0"], ["--max-norm", "0.3"], ["--init", "orthogonal"],
      ["--beta1", "0.8", "--beta2", "0.99"],
      ["--optimizer", "momentum", "--momentum", "0.5"], ["--batch-size", "1000000"], ["--bias-learning-rate", "0.01"],
      ["--no-standardize"], ["--loss", "cross-entropy 0.1"],
    ])
  func engineOptions(_ options: [String]) throws {
    let plain = Chainrule.iris + ["--epochs", "5", "--seed", "3"]
    try chainrule.run(plain + ["--output", "plain"])
    let result = try chainrule.run(plain + options + ["--output", "changed"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(chainrule.read("plain")?.suffix(200) != chainrule.read("changed")?.suffix(200))
  }

  @Test func inspectShowsTheSameFacts() throws {
    let command = Chainrule.iris + ["--seed", "42", "--epochs", "30", "--ignore", "petal_width", "--schema", "8 relu"]
    let report = try chainrule.run(command)
    let result = try chainrule.run(["inspect", "iris.safetensors"])
    #expect(result.code == 0 && result.errors.isEmpty)
    for part in [
      "[3, [8, \"relu\"], [3, \"softmax\"]]", "layer 0: relu, weight (8, 3), bias (8), 32 parameters",
      "layer 1: softmax, weight (3, 8), bias (3), 27 parameters", "species, 3 classes: setosa, versicolor, virginica",
      "cross-entropy",
      "chainrule train iris.csv --target species --seed 42 --epochs 30 --ignore petal_width --schema '8 relu'",
      "30 test", "loss over 30 epochs", "accuracy",
    ] { #expect(result.output.contains(part), "\(part)\n\(result.output)") }
    #expect(result.output.contains(/petal_width +ignored/))
    #expect(report.output.contains("petal_width (ignored)"))
    let json = try chainrule.run(["inspect", "iris.safetensors", "--json"]).json
    #expect(json["seed"] as? Int == 42 && json["classes"] as? [String] == ["setosa", "versicolor", "virginica"])
  }
}
