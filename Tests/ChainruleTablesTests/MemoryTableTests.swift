import ChainruleTables
import Testing

@Suite struct MemoryTableTests {
  private struct Tree: Encodable {
    enum Kind: String, Encodable { case oak, ash }
    var height: Double
    var kind: Kind?
    var rings: Int
    var isOld: Bool
    var note = "ok"
  }

  private struct Nested: Encodable { var list = [1, 2] }

  @Test func badColumns() {
    let uneven = #expect(throws: TableError.self) {
      try Table(columns: [(name: "a", numbers: [1, 2]), (name: "b", numbers: [1])])
    }
    #expect(uneven?.description == "table, column “b”: found 1 row, the other columns have 2")
    #expect(throws: TableError.self) { try Table(columns: [(name: "a", numbers: [1]), (name: "a", numbers: [1])]) }
    #expect(throws: TableError.self) { try Table(columns: [(name: "", numbers: [1])]) }
    #expect(throws: TableError.self) { try Table(rows: [Nested()]) }
    #expect(throws: TableError.self) { try Table(rows: [1, 2]) }
  }

  @Test func theSameAsFromAFile() throws {
    let file = try read("height,isOld,kind,note,rings\n12.5,true,oak,ok,7\n3,false,,ok,2\n")
    let trees = [
      Tree(height: 12.5, kind: .oak, rings: 7, isOld: true), Tree(height: 3, kind: nil, rings: 2, isOld: false),
    ]
    let encoded = try Table(rows: trees)
    #expect(encoded.columns.map(\.name) == ["height", "kind", "rings", "isOld", "note"])
    for column in file.columns { #expect(try encoded.column(named: column.name) == column) }
    let rows: [[String: Cell]] = [
      ["height": 12.5, "isOld": true, "kind": "oak", "note": "ok", "rings": 7],
      ["height": 3, "isOld": false, "note": "ok", "rings": 2],
    ]
    #expect(try Table(rows: rows) == file)
    #expect(
      try Table([
        "height": [12.5, 3], "isOld": [true, false], "kind": ["oak", nil], "note": ["ok", "ok"], "rings": [7, 2],
      ]) == file)
    #expect(
      try Table(columns: [
        (name: "height", cells: ["12.5", "3"]), (name: "isOld", cells: ["true", "false"]),
        (name: "kind", cells: ["oak", nil]),
        (name: "note", cells: ["ok", "ok"]), (name: "rings", cells: ["7", "2"]),
      ]) == file)
  }

  @Test func manyNumbers() throws {
    let numbers = (0..<200_000).map { $0 % 1000 == 7 ? Double.nan : Double($0) / 8 }
    let column = try Table(columns: [(name: "x", numbers: numbers)]).columns[0]
    #expect(column.count == 200_000 && column.missingCount == 200)
    for row in numbers.indices where column.number(at: row) != numbers[row] && !numbers[row].isNaN {
      Issue.record("row \(row) is \(column.number(at: row))")
      return
    }
  }

  @Test func someRows() throws {
    let text =
      "i,x,k\n"
      + (0..<1000).map { "\($0),\($0 % 9 == 4 ? "bad" : "\($0).5"),\($0 % 3 == 0 ? "" : "k\($0 % 3)")\n" }.joined()
    let table = try read(text)
    let some = table.rows([999, 4, 4, 3, 1])
    #expect(some.rowCount == 5 && some.cells == [999, 4, 4, 3, 1].map { table.cells[$0] })
    #expect(some.columns[2].levels?.map(\.text) == ["k1"])
    #expect(some.columns[1].textCount == 2 && some.columns[2].missingCount == 2)
    #expect((0..<5).map { some.line(ofRow: $0) } == [1001, 6, 6, 5, 3])
  }

  @Test func someRowsOfFreeText() throws {
    // Too many texts to keep: each row still has its cell's kind.
    let text =
      "note\n" + (0..<100_000).map { $0 % 10 == 3 ? "NA\n" : $0 % 10 == 4 ? "\($0).5\n" : "note \($0)\n" }.joined()
    let table = try read(text)
    let column = table.columns[0]
    #expect(column.isDiscarded && column.missingCount == 10_000 && column.numberCount == 10_000)
    #expect((0..<20).map { column.isMissing(at: $0) } == (0..<20).map { $0 % 10 == 3 })
    let some = table.rows([13, 3, 99_993, 4, 0, 99_999]).columns[0]
    #expect((some.count, some.missingCount, some.numberCount, some.textCount) == (6, 3, 1, 2))
    #expect((0..<6).map { some.isMissing(at: $0) } == [true, true, true, false, false, false])
    #expect(some != table.rows([13, 3, 99_993, 4, 0, 4]).columns[0])
  }
}
