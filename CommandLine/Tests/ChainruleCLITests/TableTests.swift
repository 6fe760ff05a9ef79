import Foundation
import Testing

/// Real-world tables, as other programs and people write them.
@Suite struct TableTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  /// Trains on `t.csv`, and expects a test R² above 0.8.
  private func learns(_ arguments: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try chainrule.run(["train", "t.csv", "--target", "y"] + arguments)
    #expect(result.code == 0, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.numbers("R²").last ?? 0 > 0.8, "\(result.output)", sourceLocation: sourceLocation)
    let prediction = try chainrule.run(
      ["predict", "t.safetensors", "t.csv"] + arguments.filter { $0.hasPrefix("--no-h") })
    #expect(prediction.code == 0 && !prediction.output.contains("nan"), sourceLocation: sourceLocation)
    #expect(prediction.lines.count >= 120, sourceLocation: sourceLocation)
  }

  @Test("separators and decimal marks are guessed", arguments: [";", "\t", "|", " ", ","])
  func separators(_ separator: String) throws {
    try chainrule.write(Sample.numbers(separator: separator), to: "t.csv")
    try learns()
    // With spaces, a decimal comma could be a separator too.
    if separator != "," && separator != " " {
      try chainrule.write(Sample.numbers(separator: separator, decimal: ","), to: "t.csv")
      try learns()
    }
  }

  @Test func aCommaInTheHeaderDoesntMislead() throws {
    try chainrule.write(Sample.numbers(separator: ";").replacing("a;b;y", with: "a, C;b, %;y"), to: "t.csv")
    try learns()
    let result = try chainrule.run(["train", "t.csv", "--target", "y", "--ignore", "a, C", "--json", "--epochs", "1"])
    let model = try #require(try result.json["model"] as? [String: Any])
    #expect((model["columns"] as? [[String: Any]])?.map { $0["name"] as? String } == ["b, %"])
  }

  @Test func utf16AndLatin1() throws {
    let text = Sample.trees(labels: ("Fächer", "Eiche"))
    try #require(text.data(using: .utf16)).write(to: URL(fileURLWithPath: chainrule.path("t.csv")))
    #expect(try chainrule.run(["train", "t.csv", "--target", "kind"]).output.contains("Fächer"))
    try #require(text.data(using: .isoLatin1)).write(to: URL(fileURLWithPath: chainrule.path("t.csv")))
    let guessed = try chainrule.run(["train", "t.csv", "--target", "kind"])
    #expect(guessed.code == 0 && guessed.output.contains("Fächer") && guessed.output.contains("Latin-1"))
    let told = try chainrule.run(["train", "t.csv", "--target", "kind", "--encoding", "latin-1"])
    #expect(told.code == 0 && told.output.contains("Fächer"))
  }

  @Test func packedFiles() throws {
    try chainrule.write(Sample.numbers(), to: "t.csv")
    let packed = try chainrule.shell("gzip t.csv && \"$CHAINRULE\" train t.csv.gz --target y")
    #expect(packed.code == 0 && packed.output.contains("saved t.safetensors"), "\(packed.errors)")
    let piped = try chainrule.shell("cat t.csv.gz | \"$CHAINRULE\" predict t.safetensors -")
    #expect(piped.code == 0 && piped.lines.count == 121)
  }

  @Test func aTableWithoutAHeader() throws {
    try chainrule.write(Sample.numbers().replacing("a,b,y\n", with: ""), to: "t.csv")
    for arguments in [["--no-header"], []] {
      for target in ["3", "column 3"] {
        let result = try chainrule.run(["train", "t.csv", "--target", target] + arguments)
        #expect(result.code == 0 && result.numbers("R²").last ?? 0 > 0.8, "\(result.errors)")
        #expect(result.numbers("rows").reduce(0, +) == 120, "no row is lost as names")
      }
    }
    let wrong = try chainrule.run(["train", "t.csv", "--target", "y"])
    #expect(wrong.code == 65 && wrong.errors.contains("no header") && wrong.errors.contains("column 3"))
  }

  @Test func anIndexColumnIsNamedAndLeftOut() throws {
    let lines = Sample.numbers().split(separator: "\n")
    let indexed = lines.enumerated().map { $0 == 0 ? ",\($1)" : "\($0 - 1),\($1)" }.joined(separator: "\n")
    try chainrule.write(indexed + "\n", to: "t.csv")
    try learns()
    let shown = try chainrule.run(["describe", "t.csv", "--target", "y"])
    #expect(shown.output.contains("left out: identifier"))
  }

  @Test func oddLines() throws {
    let table = Sample.numbers()
    for text in [
      "sep=,\n" + table, "# made by hand\n" + table, table.replacing("\n", with: "\r\n"),
      table.replacing("\n", with: "\r"), "\u{FEFF}" + table, table.replacing("\n", with: ",\n"),
    ] {
      try chainrule.write(text, to: "t.csv")
      try learns()
    }
  }

  @Test func duplicateNamesAreToldApart() throws {
    try chainrule.write(Sample.numbers().replacing("a,b,y", with: "a,a,y"), to: "t.csv")
    try learns()
  }

  @Test func arff() throws {
    let rows = Sample.trees().split(separator: "\n").dropFirst().joined(separator: "\n")
    try chainrule.write(
      """
      @relation trees
      @attribute height numeric
      @attribute colour {red,green,blue}
      @attribute kind {ash,oak}
      @data
      \(rows)

      """, to: "t.arff")
    let result = try chainrule.run(["train", "t.arff", "--target", "kind"])
    #expect(result.code == 0 && result.numbers("accuracy").last == 100, "\(result.errors)")
    #expect(result.output.contains("saved t.safetensors"))
  }

  @Test("missing cells are filled", arguments: ["", "NA", "N/A", "NaN", "null", "?", "-", "unbekannt"])
  func missingCells(_ word: String) throws {
    let lines = Sample.numbers().split(separator: "\n").enumerated().map { index, line in
      index % 9 == 4 ? "\(line.split(separator: ",")[0]),\(word),\(line.split(separator: ",")[2])" : String(line)
    }
    try chainrule.write(lines.joined(separator: "\n") + "\n", to: "t.csv")
    let arguments = word == "unbekannt" ? ["--missing", "unbekannt,weiß nicht"] : []
    let result = try chainrule.run(["train", "t.csv", "--target", "y"] + arguments)
    #expect(result.code == 0 && result.numbers("R²").last ?? 0 > 0.3, "\(result.errors)")
    let shown = try chainrule.run(["describe", "t.csv", "--target", "y"] + arguments).output
    #expect(shown.contains("13 (10.8 %)") && shown.contains("was missing"))
  }

  @Test func rowsWithoutATargetAreLeftOutAndCounted() throws {
    let lines = Sample.trees().split(separator: "\n").enumerated().map { index, line in
      index % 10 == 5
        ? line.split(separator: ",").dropLast().joined(separator: ",") + (index % 20 == 5 ? ",NA" : ",") : String(line)
    }
    try chainrule.write(lines.joined(separator: "\n") + "\n", to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "kind"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("12 rows without a target") && result.output.contains("2 classes: ash, oak"))
    #expect(result.numbers("rows").reduce(0, +) == 108)
  }

  @Test func everyKindOfColumn() throws {
    let rows = (0..<150).map { row in
      let isTall = row % 3 == 0
      return [
        "\(row + 1)", "person \(row * 7919 % 1000)", isTall ? "TRUE" : "FALSE", ["low", "middle", "high"][row % 3],
        "2024-\(row % 12 + 1)-\(row % 28 + 1)", "always", "", "\(row % 3 * 10 + row % 2)",
      ].joined(separator: ",")
    }
    try chainrule.write("id,name,tall,level,day,same,nothing,y\n" + rows.joined(separator: "\n"), to: "t.csv")
    let result = try chainrule.run(["train", "t.csv", "--target", "y", "--task", "number"])
    #expect(result.code == 0 && result.numbers("R²").last ?? 0 > 0.9, "\(result.errors)")
    let json = try chainrule.run(["describe", "t.csv", "--target", "y", "--task", "number", "--json"]).json
    let columns = try #require(json["columns"] as? [[String: Any]])
    let uses = columns.map { "\($0["name"]!) \($0["kind"]!) \($0["use"]!)" }
    #expect(
      uses.dropLast() == [
        "id identifier left out", "name identifier left out", "tall yes/no input", "level category input",
        "day date input", "same constant left out", "nothing empty left out",
      ])
  }

  @Test func oneOutlierDoesntRuinAColumn() throws {
    try chainrule.write(Sample.numbers().replacing("\n2.75,0.0,", with: "\n1e30,0.0,"), to: "t.csv")
    #expect(try chainrule.run(["train", "t.csv", "--target", "y"]).numbers("R²").last ?? 0 > 0.8)
  }

  @Test func aTableOfPipesAndDevicesIsRefusedInTime() throws {
    let endless = try chainrule.shell("ulimit -v 8000000; \"$CHAINRULE\" describe /dev/zero")
    #expect(endless.code == 65 && endless.errorLines.count == 1, "\(endless.code) \(endless.errors)")
    let sparse = try chainrule.shell("truncate -s 50G s.csv; \"$CHAINRULE\" describe s.csv")
    #expect(sparse.code == 65 && sparse.errorLines.count == 1, "\(sparse.code) \(sparse.errors)")
  }
}
