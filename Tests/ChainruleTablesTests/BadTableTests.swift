import ChainruleTables
import Testing

@Suite struct BadTableTests {
  private func problem(_ bytes: [UInt8], chunk: Int, options: ReadingOptions = .init()) -> TableError? {
    #expect(throws: TableError.self) { try read(bytes, chunk: chunk, options: options) }
  }

  @Test(arguments: chunks)
  func whatIsNoTable(chunk: Int) {
    #expect(problem([], chunk: chunk)?.problem == .empty)
    #expect(problem(Array("\n  \n\r\n".utf8), chunk: chunk)?.problem == .empty)
    #expect(problem([UInt8](repeating: 0, count: 500), chunk: chunk)?.problem == .notText(byte: 0))
    let late = problem(Array("a,b\n1,2\n3,\0\n".utf8), chunk: chunk)
    #expect(late?.problem == .notText(byte: 0) && late?.line == 3)
    // UTF-8 characters, then invalid bytes.
    let mixed = problem(Array("a\nä\n".utf8) + [0xFF, 0x0A], chunk: chunk)
    #expect(mixed?.problem == .invalidText(.utf8) && mixed?.line == 3)
    #expect(problem([0xFF, 0xFE, 0x00, 0xDC, 0x0A, 0x00], chunk: chunk)?.problem == .invalidText(.utf16LittleEndian))
  }

  @Test func zerosAreRefusedAtOnce() {
    var reader = TableReader(name: "/dev/zero")
    let zeros = [UInt8](repeating: 0, count: 4096)
    let error = #expect(throws: TableError.self) { try zeros.withUnsafeBytes { try reader.read($0) } }
    #expect(error?.description.hasPrefix("/dev/zero, line 1: found a byte 0, which no text has") == true)
  }

  @Test(arguments: chunks)
  func raggedRows(chunk: Int) {
    let one = problem(Array("a,b,c\n1,2,3\n1,2\n4,5,6\n7,8,9\n".utf8), chunk: chunk)
    #expect(one?.problem == .raggedRows(count: 1, lines: [3], found: 2, expected: 3))
    #expect(one?.description == "t, line 3: found 2 cells, the other rows have 3; add or remove cells in this row")
    let some = problem(Array("a,b\n1,2\n1,2,3\n4,5\n7\n8,9\n1,1\n".utf8), chunk: chunk)
    #expect(some?.problem == .raggedRows(count: 2, lines: [3, 5], found: 3, expected: 2))
    #expect(some?.description.contains("2 rows don't have 2 cells (lines 3, 5; the first has 3)") == true)
    let header = problem(Array("a,b\n1,2,3,4\n5,6,7,8\n".utf8), chunk: chunk)
    #expect(header?.problem == .raggedRows(count: 1, lines: [], found: 2, expected: 4))
  }

  @Test(arguments: chunks)
  func openQuotes(chunk: Int) {
    let error = problem(Array("a,b\n1,2\n3,\"4\n5,6\n7,8\n".utf8), chunk: chunk)
    #expect(error?.problem == .unclosedQuote && error?.line == 3)
  }

  @Test func largeCells() {
    var options = ReadingOptions()
    options.maxCellBytes = 1000
    let rows = String(repeating: "1,2\n", count: 100)
    let quoted = problem(Array("a,b\n\(rows)3,\"4\n\(rows)\(rows)\(rows)".utf8), chunk: 0, options: options)
    #expect(quoted?.problem == .unclosedQuote && quoted?.line == 102)
    let long = problem(Array("a,b\n1,\"\(String(repeating: "x", count: 1001))\"\n".utf8), chunk: 0, options: options)
    #expect(long?.problem == .cellTooLarge(limit: 1000, isQuoted: true) && long?.line == 2)
    let plain = problem(Array("a,b\n1,\(String(repeating: "x", count: 1001))\n".utf8), chunk: 0, options: options)
    #expect(plain?.problem == .cellTooLarge(limit: 1000, isQuoted: false) && plain?.line == 2)
  }

  @Test(arguments: ["", "a,b\n1,2\n3,\"", "\""])
  func anEndlessCellEnds(start: String) {
    var reader = TableReader(name: "t")
    let part = [UInt8](repeating: 0x78, count: 1 << 20)
    let error = #expect(throws: TableError.self) {
      try Array(start.utf8).withUnsafeBytes { try reader.read($0) }
      for _ in 0..<64 { try part.withUnsafeBytes { try reader.read($0) } }
    }
    guard case .cellTooLarge(limit: 1_048_576, _)? = error?.problem else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(error?.line == (start.contains("b") ? 3 : 1))
  }

  @Test func endlessRowsEnd() {
    var options = ReadingOptions()
    options.memoryLimit = 16 << 20
    var reader = TableReader(name: "t", options: options)
    let part = Array(String(repeating: "1.25,x\n", count: 10_000).utf8)
    let error = #expect(throws: TableError.self) {
      for _ in 0..<1000 { try part.withUnsafeBytes { try reader.read($0) } }
    }
    #expect(error?.description.contains("fill the memory limit of 16 MiB; leave out rows or columns") == true)
  }

  @Test func badOptions() {
    var options = ReadingOptions()
    options.separator = "é"
    #expect(throws: TableError.self) { try read("a,b\n1,2\n", options: options) }
    options = ReadingOptions()
    options.separator = ";"
    options.quote = ";"
    #expect(throws: TableError.self) { try read("a,b\n1,2\n", options: options) }
  }

  @Test func anUnknownColumn() throws {
    let table = try read("a,b\n1,2\n")
    let error = #expect(throws: TableError.self) { try table.column(named: "c") }
    #expect(error?.description == "t: there is no column “c”; found a, b")
  }
}
