import ChainruleCore
import ChainruleTables
import Testing

struct EncodingErrorTests {
  private let flowers: Table

  init() throws {
    flowers = try table([
      "width": repeated(["1.5", "2.5", "0.5", "3"], 40), "colour": repeated(["red", "blue", "red", "white"], 40),
      "comment": (0..<40).map { "remark number \($0) about this flower, at length" },
      "kind": repeated(["ash", "oak"], 40),
    ])
  }

  @Test func `One error names every column that isn't there, and the nearest name`() {
    let options = EncodingOptions(ignore: ["coment"], categorical: ["xyz"], numeric: ["widht"])
    let error = message { _ = try TableEncoding.fit(flowers, targets: ["knd"], options: options) }
    #expect(
      error
        == "t.csv: column “knd”: there is no such column (did you mean “kind”?); column “coment”: there is no such "
        + "column (did you mean “comment”?); column “xyz”: there is no such column; column “widht”: there is no such "
        + "column (did you mean “width”?); the columns are width, colour, comment, kind")
  }

  @Test func `Text where numbers are expected is counted and shown`() {
    let error = message {
      _ = try TableEncoding.fit(flowers, targets: ["kind"], options: EncodingOptions(numeric: ["width", "colour"]))
    }
    #expect(
      error
        == "t.csv: column “colour”: expected numbers, found other values in 40 of 40 cells (“red” 20 times, “blue” 10 times, "
        + "“white” 10 times); predict or read it as a category")
  }

  @Test func `A bad target and a bad input are in one error`() throws {
    let table = try table(["a": repeated(["x", "y", "z"], 30), "y": repeated(["7"], 30)])
    do {
      _ = try TableEncoding.fit(table, targets: ["y"], options: EncodingOptions(numeric: ["a"]))
      Issue.record("fitted")
    } catch {
      guard case .encoding(.columns(let bad, _)) = error.problem else { throw error }
      #expect(bad.map(\.name) == ["y", "a"])
      #expect(bad[0].problem == .constantTarget("7"))
      #expect(bad[1].problem == .notNumbers(count: 30, of: 30, examples: bad[1].examples))
    }
  }

  @Test func `An empty target`() throws {
    let table = try table(["a": repeated(["1", "2"], 10), "y": repeated([nil], 10)])
    let error = message { _ = try TableEncoding.fit(table, targets: ["y"]) }
    #expect(error == "t.csv: no row to train on has a value in “y”; add rows, or predict another column")
  }

  @Test func `A target with a class for every row`() throws {
    let table = try table(["a": repeated(["1", "2"], 40), "y": (0..<40).map { "name \($0)" }])
    let error = message { _ = try TableEncoding.fit(table, targets: ["y"]) }
    #expect(
      error
        == "t.csv: column “y”: the target has 40 different values in 40 rows, too many for classes; predict a column "
        + "whose values repeat, or numbers")
  }

  @Test func `Several targets have to be numbers`() throws {
    let error = message { _ = try TableEncoding.fit(flowers, targets: ["width", "kind"]) }
    #expect(
      error
        == "t.csv: column “kind”: expected numbers, found other values in 40 of 40 cells (“ash” 20 times, “oak” 20 times); predict "
        + "or read it as a category")
  }

  @Test func `A column can't be used in two ways`() {
    let options = EncodingOptions(ignore: ["kind"], categorical: ["colour"], numeric: ["colour"])
    let error = message { _ = try TableEncoding.fit(flowers, targets: ["kind"], options: options) }
    #expect(
      error?.hasPrefix(
        "t.csv: column “kind”: it can't be ignored and the target; remove one; column “colour”: it can't be categorical "
          + "and numeric; remove one") == true)
  }

  @Test func `Nothing left to learn from`() {
    let error = message {
      _ = try TableEncoding.fit(flowers, targets: ["kind"], options: EncodingOptions(only: ["comment"]))
    }
    #expect(error?.contains("no column is left to learn from: “width” is not among the columns to read") == true)
    #expect(error?.contains("“comment” is left out: it holds free text that hardly repeats") == true)
  }

  @Test func `Every column that a later table lacks is named`() throws {
    let encoding = try TableEncoding.fit(flowers, targets: ["kind"])
    let later = try table(["Width": ["1"], "size": ["2"]])
    let error = message { _ = try encoding.inputs(from: later) }
    #expect(
      error
        == "t.csv: column “width”: there is no such column (did you mean “Width”?); column “colour”: there is no such "
        + "column; the columns are Width, size")
    #expect(message { _ = try encoding.inputs(from: ["colour": "red"]) }?.contains("column “width”") == true)
    #expect(message { _ = try encoding.targets(from: later) }?.contains("column “kind”") == true)
  }
}

extension BadColumn {
  fileprivate var examples: [TextCount] {
    if case .notNumbers(_, _, let examples) = problem { examples } else { [] }
  }
}
