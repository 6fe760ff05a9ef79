import ChainruleTables
import Testing

/// The reader's notices about its guesses, each in one line.
@Suite struct NoticeTests {
  private func notices(_ text: String, options: ReadingOptions = .init()) throws -> [String] {
    try read(text, options: options).notices.map { "\($0)" }
  }

  @Test func names() throws {
    #expect(
      try notices(",a,a\n1,5,2\n2,6,3\n") == [
        "a column without a name is called “column 1”", "more than one column is called “a”; a later one became “a 2”",
        "“column 1” only numbers or names the rows",
      ])
    #expect(try notices("a,b,\n1,2,\n3,4,\n") == ["column 3 has neither a name nor a cell and was left out"])
  }

  @Test func firstRows() throws {
    let start = "the first row holds data"
    let end = "not names; the columns are called “column 1”, “column 2” and so on"
    #expect(try notices("1.5,2.5\n2.5,4\n1,0\n") == ["\(start) (1.5, 2.5), \(end)"])
    #expect(
      try notices("1,2,3,4,\(String(repeating: "5", count: 18))\n9,8,7,6,5\n") == ["\(start) (1, 2, 3, 4, …), \(end)"])
    #expect(
      try notices("2,2,red,blue\n1.5,2,0,7\n2.5,2,1,7\n") == [
        "the first line, “2,2,red,blue”, counts rows and columns; it was skipped"
      ])
  }

  @Test func lines() throws {
    #expect(try notices("# x\n# y\na,b\n1,2\n") == ["2 comment lines were skipped"])
    #expect(try notices("a,b\n1,2\n# x\n3,4\n") == ["1 comment line was skipped"])
    var options = ReadingOptions()
    options.fillsShortRows = true
    let rest = "too few cells, the first on line 3; the cells they lack count as missing"
    #expect(try notices("a,b,c\n1,2,3\n4,5\n6,7,8\n", options: options) == ["1 row has \(rest)"])
    #expect(try notices("a,b,c\n1,2,3\n4,5\n6\n7,8,9\n7,8,9\n", options: options) == ["2 rows have \(rest)"])
  }

  @Test func encodings() throws {
    let bytes = Array("w,kind\n1,F".utf8) + [0xF6] + Array("hre\n2,x\n".utf8)
    #expect(
      try read(bytes).notices.map { "\($0)" } == ["the text isn't UTF-8; it was read as Latin-1 (Windows-1252)"])
  }

  @Test func numbers() throws {
    #expect(
      try notices("a;b\n1,037;5\n2,500;6\n") == [
        "“1,037” can be read in two ways; “,” was read as the decimal mark"
      ])
    #expect(try notices("a,b\n\"90,000\",1.5\n3,2.5\n") == ["“,” was read as a thousands separator"])
    #expect(try notices("rate,b\n5%,1\n7%,2\n") == ["“rate”: “%” was removed from each number"])
  }

  @Test func dates() throws {
    #expect(
      try notices("d,n\n01/02/2024,1\n03/04/2024,2\n") == [
        "“d”: dates such as “01/02/2024” can be read in two ways; the first number was read as the month"
      ])
    #expect(
      try notices("t,n\n2024-03-01T10:00Z,1\n2024-03-01T11:00,2\n") == [
        "“t”: only some dates have an offset from UTC, so all times were read as written and offsets were ignored"
      ])
  }
}
