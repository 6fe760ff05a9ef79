import ChainruleTables
import Testing

struct CellTests {
  @Test(arguments: ["", "  ", "NA", "n/a", "NaN", "null", "NULL", "?", "-", ".", "#N/A"])
  func missing(text: String) { #expect(Cell(text) == .missing) }

  @Test func numbersAndTexts() {
    #expect(Cell(" -12.5 ") == .number(-12.5))
    #expect(Cell("007") == .text("007"))
    #expect(Cell("inf") == .text("inf"))
    #expect(Cell("None") == .text("None"))
    #expect(Cell(Double.nan) == .missing)
    let row: [String: Cell] = ["island": "Biscoe", "bill_length_mm": 39.1, "sex": nil, "adult": true]
    #expect(row["island"] == .text("Biscoe") && row["bill_length_mm"] == .number(39.1))
    #expect(row["sex"] == .missing && row["adult"] == .text("true"))
  }
}
