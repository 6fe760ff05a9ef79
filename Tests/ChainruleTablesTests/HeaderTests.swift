import ChainruleTables
import Testing

@Suite struct HeaderTests {
  @Test(arguments: [
    "1.5,2.5,3\n2.5,3.5,4\n1,0,3\n", "b,30.83,0,u,+\na,58.67,4.46,u,+\nb,24.5,0.5,u,-\na,27.8,1.54,y,-\n",
    "A11, 6, A34, 1\nA12, 48, A32, 2\nA14, 12, A34, 1\nA11, 42, A32, 1\n", "2020-01-01,5\n2020-01-02,6\n2020-01-03,9\n",
  ])
  func rowsWithoutNames(text: String) throws {
    let table = try read(text)
    #expect(table.dialect?.hasHeader == false)
    #expect(table.rowCount == text.split(separator: "\n").count)
    #expect(table.names == (1...table.columns.count).map { "column \($0)" })
    guard case .noHeader = table.notices.first else {
      Issue.record("the reader should say that it found no header")
      return
    }
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "colour,size\nred,big\n", "country,1990,1991,1992\nFrance,5,6,9\nItaly,7,2,3\n",
    "name,value\nx,1\n", "only,names\n", "day,n\n2020-01-01,5\n2020-01-02,6\n",
    "colour,kind\nred,x\nred,y\nblue,x\nblue,y\n",
  ])
  func rowsWithNames(text: String) throws {
    let table = try read(text)
    #expect(table.dialect?.hasHeader == true)
    #expect(table.names == text.split(separator: "\n")[0].split(separator: ",").map(String.init))
    #expect(table.rowCount == text.split(separator: "\n").count - 1)
  }

  @Test func aLineThatCountsIsNoHeader() throws {
    let table = try read("4,2,red,blue\n1.5,2,0,7\n2.5,2,1,7\n3.5,4,0,7\n1,4,1,7\n")
    #expect(table.rowCount == 4 && table.dialect?.hasHeader == false)
    #expect(table.notices == [.countingLine("4,2,red,blue")])
  }

  @Test func indexColumns() throws {
    for text in [",a,b\n0,5,x\n1,6,y\n2,9,x\n", "\"\",\"a\",\"b\"\n\"1\",5,\"x\"\n\"2\",6,\"y\"\n\"3\",9,\"x\"\n"] {
      let table = try read(text)
      #expect(table.names == ["column 1", "a", "b"])
      #expect(table.columns.map(\.isIndex) == [true, false, false])
      #expect(table.notices == [.unnamedColumn("column 1"), .indexColumn("column 1")])
    }
    let named = try read(",mpg\nMazda,21\nDatsun,22.8\nHornet,21.4\n")
    #expect(named.columns[0].isIndex)
    // As R's write.table does: the header has one cell less.
    let short = try read("mpg cyl\nMazda 21 6\nDatsun 22.8 4\nHornet 21.4 6\n")
    #expect(short.names == ["column 1", "mpg", "cyl"] && short.columns[0].isIndex)
    // Repeated values aren't an index.
    #expect(try read(",a\nx,1\nx,2\ny,3\n").columns[0].isIndex == false)
  }

  @Test func aLongIndex() throws {
    let text = ",a\n" + (0..<5000).map { "\(($0 * 7) % 5000),\($0 % 3)" }.joined(separator: "\n")
    #expect(try read(text).columns[0].isIndex)
    let repeated = ",a\n" + (0..<5000).map { "\($0 / 2),\($0 % 3)" }.joined(separator: "\n")
    #expect(try read(repeated).columns[0].isIndex == false)
  }

  @Test(arguments: chunks)
  func numbersAsNames(chunk: Int) throws {
    // As R writes them: names in quotation marks, numbers without.
    for start in ["\"\"", ""] {
      let table = try read(
        "\(start),\"142.24\",\"144.78\",\"147.9\"\n\"9.4\",0,3,0\n\"9.5\",1,0,2\n\"9.7\",0,0,5\n", chunk: chunk)
      #expect(table.names == ["column 1", "142.24", "144.78", "147.9"])
      #expect(table.rowCount == 3)
    }
    #expect(try read("\"2019\",\"5.5\"\n1,2\n3,4\n", chunk: chunk).names == ["2019", "5.5"])
    // As pandas writes them: an empty cell above the rows' numbers.
    #expect(try read(",7.5,9.25\n0,1.5,2\n1,2.5,3\n2,3,4\n", chunk: chunk).names == ["column 1", "7.5", "9.25"])
    // Numbers that are all in quotation marks are data, and so is a first row that lacks a cell.
    #expect(try read("\"1\",\"5.5\"\n\"3\",\"2.5\"\n\"4\",\"1\"\n", chunk: chunk).rowCount == 3)
    #expect(try read(",7.5,9.25\n8,1.5,2\n3,2.5,3\n5,3,4\n", chunk: chunk).rowCount == 4)
  }

  @Test func twiceTheSameName() throws {
    let table = try read("a,b,a,a,a 2\n1,2,3,4,5\n")
    #expect(table.names == ["a", "b", "a 2", "a 3", "a 2 2"])
    #expect(table.notices.count == 3)
    #expect(table.notices.first == .renamedColumn("a", to: "a 2"))
  }

  @Test func quotedNames() throws {
    #expect(try read("\"a \"\"b\"\"\",\" c \"\n1,2\n").names == ["a \"b\"", "c"])
  }

  @Test func theHeaderIsKnownEarly() throws {
    var reader = TableReader(name: "t")
    let text = Array(("a,b\n" + String(repeating: "1,2.5\n", count: 60_000)).utf8)
    #expect(reader.header == nil)
    try text.withUnsafeBytes { try reader.read($0) }
    #expect(reader.header == ["a", "b"] && reader.rowsRead > 50_000)
    #expect(try reader.finish().rowCount == 60_000)
  }
}
