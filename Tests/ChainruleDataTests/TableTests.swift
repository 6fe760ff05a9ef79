import ChainruleData
import Foundation
import Testing

private func table(_ text: String) throws(TableError) -> Table {
  try Table(csv: Data(text.utf8), name: "t.csv")
}

private func problem(_ text: String) -> TableError? {
  do {
    _ = try table(text)
    return nil
  } catch {
    return error
  }
}

@Suite struct TableTests {
  @Test(arguments: [
    "a,b\n1,x\n2,y\n", "a,b\n1,x\n2,y", "a,b\r\n1,x\r\n2,y\r\n", "a,b\r1,x\r2,y\r", "\u{FEFF}a,b\n1,x\n2,y\n",
    "\n\na,b\n1,x\n\n2,y\n\n\n", "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",y", " a , b \n 1 ,\tx\n2, y \n", "a;b\n1;x\n2;y\n",
    "a\tb\n1\tx\n2\ty\n",
  ])
  func spellingsOfOneTable(_ text: String) throws {
    let table = try table(text)
    #expect(table.header == ["a", "b"])
    #expect(table.rows == [["1", "x"], ["2", "y"]])
    #expect(try table.numbers(inColumn: 0) == [1, 2])
    #expect(try table.labels(inColumn: table.column(named: "b")) == ["x", "y"])
  }

  @Test func quotationMarksProtectWhatTheyHold() throws {
    let table = try table("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\nlast,\n")
    #expect(table.rows == [["1,5", "say \"hi\""], ["two\nlines", ""], ["last", ""]])
    #expect(table.lines == [2, 3, 5])
  }

  @Test func anEmptyLastCellAtTheEndIsACell() throws {
    #expect(try table("a,b\n1,").rows == [["1", ""]])
  }

  @Test func linesAreThoseOfTheFile() throws {
    let table = try table("a\r\n\r\n1\r\n\"x\r\ny\"\r\n3\r\n")
    #expect(table.lines == [3, 4, 6])
  }

  @Test(arguments: [
    ("", TableError.Problem.empty), ("\n\n \n", .empty), ("a,b\n", .noRows), ("a,b", .noRows),
    ("a,b\n1,2\n1\n", .raggedRow(found: 1, expected: 2)), ("a,b\n1,2,3\n", .raggedRow(found: 3, expected: 2)),
    ("a,b\n1,\"2\n3,4\n", .unclosedQuote), ("a,b\n1,2\n3,\"4", .unclosedQuote), ("a,\"b\n1,2\n", .unclosedQuote),
    ("a,b\n1,5\"\n", .strayQuote), ("a,b\n1,\"2\"x\n", .strayQuote), ("a,,b\n1,2,3\n", .unnamedColumn(2)),
    ("a,b,a\n1,2,3\n", .duplicateColumn(first: 1, second: 3)), ("a\u{0}b\n1\n", .notText),
  ])
  func mistakes(_ text: String, _ expected: TableError.Problem) {
    #expect(problem(text)?.problem == expected)
  }

  @Test func theMessageSaysWhere() throws {
    #expect(
      problem("a,b\n1,2\n\n1\n")?.description
        == "t.csv, row 2 (line 4): found 1 cell, the header has 2; add or remove cells in this row")
    #expect(problem("a,b\n1,2\n\n3,\"4\n5,6\n")?.line == 4)
    #expect(problem("a,b\n1,2\n\"3\n\",5\"\n")?.line == 3)
    let error = try #require(throws: TableError.self) { try table("a,b\n1,2\n1,x\n").numbers(inColumn: 1) }
    #expect(error.row == 1 && error.line == 3 && error.column == "b")
    #expect(error.description.hasPrefix("t.csv, row 2 (line 3), column “b”: expected a number, found “x”"))
  }

  @Test func bytesThatAreNotTextAreFound() {
    let error = #expect(throws: TableError.self) {
      try Table(csv: Data("a,b\n1,".utf8) + [0xFF] + Data("\n".utf8), name: "t.csv")
    }
    #expect(error?.problem == .notText)
    #expect(error?.line == 2)
  }

  @Test(arguments: ["nan", "inf", "-inf", "0x10", "1,5", "1 2", "--1", "one", "1e", "１"])
  func notNumbers(_ cell: String) throws {
    let table = try table("a\n\"\(cell)\"\n")
    let error = #expect(throws: TableError.self) { try table.numbers(inColumn: 0) }
    #expect(error?.problem == .notANumber(cell))
  }

  @Test func numbers() throws {
    #expect(try table("a\n-1.5\n+2\n1e3\n.5\n1E-2\n0\n").numbers(inColumn: 0) == [-1.5, 2, 1000, 0.5, 0.01, 0])
    let error = #expect(throws: TableError.self) { try table("a\n1e39\n").numbers(inColumn: 0) }
    #expect(error?.problem == .tooLarge("1e39"))
    let empty = #expect(throws: TableError.self) { try table("a,b\n,1\n").numbers(inColumn: 0) }
    #expect(empty?.problem == .emptyCell)
  }

  @Test func aMissingColumnNamesTheOthers() {
    let error = #expect(throws: TableError.self) { try table("a,b\n1,2\n").column(named: "c") }
    #expect(error?.problem == .noSuchColumn(known: ["a", "b"]))
    #expect(error?.description.contains("found a, b") == true)
  }

  @Test func aMissingFileSaysSo() {
    let error = #expect(throws: TableError.self) { try Table(contentsOf: "/nowhere/t.csv") }
    guard case .unreadable(let reason) = error?.problem else {
      Issue.record("expected an unreadable file, found \(String(describing: error))")
      return
    }
    #expect(reason.isMissing)
    #expect(reason.description == "/nowhere/t.csv: no such file")
  }

  @Test func irisIsWhole() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("data/iris.csv").path
    let iris = try Table(contentsOf: path)
    #expect(iris.header == ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"])
    #expect(iris.rows.count == 150)
    // The published means.
    let means = try (0..<4).map { try iris.numbers(inColumn: $0).reduce(0, +) / 150 }
    for (mean, published) in zip(means, [5.843, 3.057, 3.758, 1.199]) { #expect(abs(mean - published) < 0.001) }
    let species = try iris.labels(inColumn: 4)
    for name in ["setosa", "versicolor", "virginica"] { #expect(species.count { $0 == name } == 50) }
  }
}
