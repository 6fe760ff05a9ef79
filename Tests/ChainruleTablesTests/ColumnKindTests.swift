import ChainruleTables
import Testing

struct ColumnKindTests {
  private func kind(_ name: String, _ cells: [String?], isFirst: Bool = false) throws -> ColumnKind {
    try .infer(Table(columns: [(name: name, cells: cells)]).columns[0], isFirst: isFirst)
  }

  @Test func `Numbers stay numbers, all different or few`() throws {
    #expect(try kind("length", (0..<50).map { "\(Double($0) * 1.37)" }) == .number)
    #expect(try kind("population", (0..<50).map { "\($0 * $0 * 31 + 5)" }) == .number)
    #expect(try kind("year", repeated(["2007", "2008", "2009"], 30)) == .number)
    #expect(try kind("year", (1959..<2000).map { "\($0)" }, isFirst: true) == .number)
    #expect(try kind("male", repeated(["0", "1"], 30)) == .number)
    #expect(try kind("many", (0..<2000).map { "\($0 * 7)" }) == .number)
  }

  @Test func `A few words among numbers change nothing, many do`() throws {
    let numbers = (0..<50).map { "\($0 * 3)" }
    #expect(try kind("weight", numbers + ["unclear"]) == .number)
    #expect(try kind("weight", numbers + ["unclear", "heavy", "light"]) == .number)
    #expect(try kind("children", repeated(["0", "1", "2", "3 or more"], 40)) == .category)
  }

  @Test func `Row numbers and keys`() throws {
    let count = (0..<40).map { "\($0)" }
    #expect(try kind("number", count, isFirst: true) == .identifier)
    #expect(try kind("total", count, isFirst: true) == .identifier)
    #expect(try kind("total", count) == .number)
    #expect(try kind("x", count, isFirst: true) == .number)
    #expect(try kind("PID", (0..<400).map { "\(561 + 3 * $0)" }) == .identifier)
    #expect(try kind("PID", repeated(["0", "1", "2", "3"], 40)) == .number)
    for name in ["id", "ID", "PassengerId", "user_id", "Row ID", "uuid", "customerid"] {
      #expect(try kind(name, (0..<40).map { "\(1000 + 7 * $0)" }) == .identifier, "\(name)")
    }
    #expect(try kind("humid", (0..<40).map { "\(1000 + 7 * $0)" }) == .number)
    #expect(try kind("store_id", repeated(["17", "18", "25"], 40)) == .category)
    #expect(try kind("model", (0..<40).map { "AX-\($0)" }) == .identifier)
  }

  @Test func `Texts that repeat are categories, others free text`() throws {
    #expect(try kind("island", repeated(["Biscoe", "Dream", "Torgersen"], 40)) == .category)
    #expect(try kind("sex", repeated(["m", "f"], 40)) == .category)
    #expect(try kind("zip", repeated(["02134", "00501"], 40)) == .category)
    let remarks = (0..<40).map { "The patient said on day \($0) that nothing had changed" }
    #expect(try kind("remark", remarks) == .freeText)
    #expect(try kind("remark", remarks + remarks.prefix(10)) == .freeText)
  }

  @Test(arguments: [["TRUE", "FALSE"], ["yes", "no"], ["Y", "N"], ["t", "f"], ["Yes", "no", "yes"]])
  func `Yes and no`(words: [String]) throws { #expect(try kind("ok", repeated(words, 30)) == .yesNo) }

  @Test func `Constant and empty`() throws {
    #expect(try kind("a", repeated(["7"], 10)) == .constant)
    #expect(try kind("a", repeated(["7", "7.0"], 10)) == .constant)
    #expect(try kind("a", repeated(["same"], 10)) == .constant)
    #expect(try kind("a", repeated([nil], 10)) == .empty)
    // Only which cells are missing is informative.
    #expect(try kind("a", repeated(["7", nil], 10)) == .category)
  }

  @Test func `Dates`() throws {
    #expect(try kind("day", (1...28).map { "2024-02-\($0 < 10 ? "0" : "")\($0)" }) == .date)
  }

  @Test func `Only the requested rows count`() throws {
    let column = try Table(columns: [(name: "a", cells: repeated(["1", "x", "1"], 30))]).columns[0]
    #expect(ColumnKind.infer(column) == .category)
    #expect(ColumnKind.infer(column, rows: [0, 2, 3, 5]) == .constant)
  }
}
