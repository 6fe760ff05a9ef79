import Foundation
import Testing

@Suite struct DescribeTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test func everyColumnHasALine() throws {
    let result = try chainrule.run(["describe", "iris.csv"])
    #expect(result.code == 0 && result.errors.isEmpty)
    #expect(result.lines[0].hasPrefix("iris.csv: 150 rows, 5 columns; comma-separated, with a header, UTF-8"))
    #expect(result.output.contains(/petal_width +number +– +0\.1 to 2\.5/))
    #expect(result.output.contains(/species +category +– +3 different: setosa, versicolor, virginica/))
    #expect(try chainrule.names == ["iris.csv"])
  }

  @Test func withATargetItSaysWhatTrainingDoes() throws {
    let result = try chainrule.run(["describe", "iris.csv", "--target", "species", "--ignore", "petal_width"])
    #expect(result.output.contains("target: 3 classes: setosa, versicolor, virginica"))
    #expect(result.output.contains(/petal_width .*left out: ignored/))
    #expect(result.output.contains("A network for this table has 3 inputs."))
    let json = try chainrule.run(["describe", "iris.csv", "--target", "species", "--json"]).json
    #expect(json["rows"] as? Int == 150 && json["inputs"] as? Int == 4)
  }

  @Test func optionsOverruleTheGuess() throws {
    try chainrule.write("a;b\n1.234;5\n2.345;6\n1.111;7\n", to: "t.csv")
    let german = try chainrule.run(["describe", "t.csv", "--thousands", "point", "--decimal", "comma"])
    #expect(german.output.contains("1111 to 2345"))
    let english = try chainrule.run(["describe", "t.csv", "--decimal", "point"])
    #expect(english.output.contains("1.111 to 2.345"))
    let wide = try chainrule.run(["describe", "t.csv", "--separator", "comma"])
    #expect(wide.output.contains("1 column;"))
    let codes = try chainrule.run(["describe", "t.csv", "--categorical", "b", "--target", "a"])
    #expect(codes.output.contains(/b +category/))
    let rows = try chainrule.run(["describe", "t.csv", "--no-header"])
    #expect(rows.output.contains("4 rows") && rows.output.contains("column 2"))
  }

  @Test func standardInputWorks() throws {
    let result = try chainrule.shell("\"$CHAINRULE\" describe - < iris.csv")
    #expect(result.code == 0 && result.output.contains("150 rows, 5 columns"))
  }
}
