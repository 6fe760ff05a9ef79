import ChainruleTables
import Testing

@Suite struct ARFFTests {
  private static let head =
    "% made by hand\n\n@RELATION trees\n\n@attribute 'the width' numeric\n@attribute kind {oak, 'red ash', 1}\n"

  @Test(arguments: chunks)
  func attributesAndRows(chunk: Int) throws {
    let text =
      Self.head
      + "@attribute note string\n@attribute day date \"yyyy-MM-dd\"\n@DATA\n1.5,oak,'it\\'s, so',2024-01-01\n% gap\n?,'red ash',\"x\",?\n2,1,?,2024-01-02\n"
    let table = try read(text, chunk: chunk)
    #expect(table.dialect?.isARFF == true)
    #expect(table.names == ["the width", "kind", "note", "day"])
    #expect(table.columns.map(\.declaredKind) == [.numeric, .nominal, .string, .date])
    #expect(
      table.cells == [
        ["1.5", "oak", "it's, so", "2024-01-01"], ["–", "red ash", "x", "–"], ["2", "1", "–", "2024-01-02"],
      ])
    #expect(table.line(ofRow: 0) == 10)
    #expect(table.columns[3].dates?.order == .yearMonthDay)
  }

  @Test func badFiles() {
    let sparse = #expect(throws: TableError.self) { try read(Self.head + "@data\n{0 1.5, 1 oak}\n") }
    #expect(sparse?.problem == .sparseARFF && sparse?.line == 8)
    let unknown = #expect(throws: TableError.self) { try read(Self.head + "@attribute x relational\n@data\n1\n") }
    #expect(unknown?.problem == .badDeclaration("@attribute x relational") && unknown?.line == 7)
    #expect(throws: TableError.self) { try read(Self.head) }
    #expect(throws: TableError.self) { try read(Self.head + "@data\n1,oak,3\n") }
  }
}
