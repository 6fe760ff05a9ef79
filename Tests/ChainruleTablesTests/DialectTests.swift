import ChainruleTables
import Testing

/// Reads each dialect in parts of one byte, of seven bytes, and as a whole.
@Suite struct DialectTests {
  private static let plain = [["1.5", "oak", "3"], ["2.5", "ash", "4"], ["3.5", "oak", "5"]]

  @Test(arguments: chunks, [",", ";", "\t", "|", " ", "   "])
  func separators(chunk: Int, separator: String) throws {
    let rows = [["width", "kind", "n"]] + Self.plain
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\n") + "\n"
    let table = try read(text, chunk: chunk)
    #expect(table.names == ["width", "kind", "n"])
    #expect(table.cells == Self.plain)
    #expect(table.dialect?.separator == separator.unicodeScalars.first)
    #expect(table.notices.isEmpty)
    #expect(table.line(ofRow: 2) == 4)
  }

  @Test(arguments: chunks, ["\n", "\r\n", "\r"])
  func lineEnds(chunk: Int, end: String) throws {
    let text = (["", "a,b"] + ["1,2", "", "3,4", "  ", "5,6"]).joined(separator: end)
    let table = try read(text, chunk: chunk)
    #expect(table.names == ["a", "b"])
    #expect(table.cells == [["1", "2"], ["3", "4"], ["5", "6"]])
    #expect((0..<3).map { table.line(ofRow: $0) } == [3, 5, 7])
  }

  @Test(arguments: chunks)
  func quotes(chunk: Int) throws {
    let text =
      "name,note,n\n\"Smith, J.\",\"says \"\"hi\"\"\",1\n\"two\nlines\",plain,2\n \"spaced\" ,5'10\",3\n\"a\"b,\"\",4\n"
    let table = try read(text, chunk: chunk)
    #expect(
      table.cells == [
        ["Smith, J.", "says \"hi\"", "1"], ["two\nlines", "plain", "2"], ["spaced", "5'10\"", "3"], ["ab", "–", "4"],
      ])
    #expect((0..<4).map { table.line(ofRow: $0) } == [2, 3, 5, 6])
  }

  @Test(arguments: chunks)
  func quotedCellsOfEveryLength(chunk: Int) throws {
    // Special characters of a quoted cell, at every position.
    let cells = (0..<30).flatMap { length in
      ["\"", ",", "\n", "\r", "\\"].map {
        String(repeating: "a", count: length) + $0 + String(repeating: "b", count: 30 - length)
      }
    }
    let lines = cells.map { "\"\($0.replacing("\"", with: "\"\""))\",1\n" }
    #expect(try read("t,n\n" + lines.joined(), chunk: chunk).cells.map { $0[0] } == cells)
  }

  @Test(arguments: chunks)
  func singleQuotes(chunk: Int) throws {
    let table = try read("'id'\t'the vote'\n7\t1\n8\t0\n9\t1\n", chunk: chunk)
    #expect(table.names == ["id", "the vote"])
    #expect(table.dialect?.quote == "'")
    let other = try read("a,b\n'x, y',1\n'z',2\n'v, w',3\n", chunk: chunk)
    #expect(other.cells == [["x, y", "1"], ["z", "2"], ["v, w", "3"]])
    // An apostrophe at the beginning of a word isn't a quotation mark.
    #expect(try read("a,b\n'tis,1\nso,2\n", chunk: chunk).cells[0] == ["'tis", "1"])
  }

  @Test(arguments: chunks)
  func separatorInTheHeader(chunk: Int) throws {
    let table = try read("Temperatur, C;Feuchte, %;y\n1.5;20;3\n2.5;30;4\n3.5;40;5\n", chunk: chunk)
    #expect(table.names == ["Temperatur, C", "Feuchte, %", "y"])
  }

  @Test(arguments: chunks)
  func excelSeparatorLine(chunk: Int) throws {
    let table = try read("sep=;\na;b\n1,5;2\n2,5;3\n", chunk: chunk)
    #expect(table.names == ["a", "b"])
    #expect(try table.numbers("a") == [1.5, 2.5])
    #expect(table.line(ofRow: 0) == 3)
  }

  @Test(arguments: chunks)
  func comments(chunk: Int) throws {
    let table = try read("# exported\n# station 7, north\na,b\n1,2\n# gap\n3,4\n", chunk: chunk)
    #expect(table.cells == [["1", "2"], ["3", "4"]])
    #expect(table.notices == [.commentLines(count: 3)])
    // A header as numpy.savetxt writes it, and a name that begins like that.
    #expect(try read("# x y z\n1 2 3\n4 5 6\n", chunk: chunk).names == ["x", "y", "z"])
    #expect(try read("#id,w\n1,2\n2,3\n", chunk: chunk).names == ["id", "w"])
    #expect(try read("tag,w\n#red,2\n#blue,3\n#red,4\n", chunk: chunk).cells[0] == ["#red", "2"])
  }

  @Test(arguments: chunks)
  func encodings(chunk: Int) throws {
    let text = "größe,art\n1.5,Föhre\n2.5,Esche 🌳\n"
    let expected = [["1.5", "Föhre"], ["2.5", "Esche 🌳"]]
    let little = Array(text.utf16).flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let big = Array(text.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
    let files: [([UInt8], TextEncoding, Bool)] = [
      (Array(text.utf8), .utf8, false), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8, false),
      ([0xFF, 0xFE] + little, .utf16LittleEndian, false), ([0xFE, 0xFF] + big, .utf16BigEndian, false),
      (little, .utf16LittleEndian, true), (big, .utf16BigEndian, true),
    ]
    for (bytes, encoding, isGuess) in files {
      let table = try read(bytes, chunk: chunk)
      #expect(table.names == ["größe", "art"])
      #expect(table.cells == expected)
      #expect(table.dialect?.textEncoding == encoding)
      #expect(table.notices == (isGuess ? [.encodingGuessed(encoding)] : []))
    }
    let latin = "w,kind\n1,F".utf8 + [0xF6] + "hre\n2,5 ".utf8 + [0x80] + "\n".utf8
    let table = try read(Array(latin), chunk: chunk)
    #expect(table.cells == [["1", "Föhre"], ["2", "5 €"]])
    #expect(table.notices == [.encodingGuessed(.windows1252)])
  }

  @Test(arguments: chunks)
  func otherLineSeparatorsAreText(chunk: Int) throws {
    let table = try read("a,b\nash\u{2028}tree,1\noak\u{85}x,2\n", chunk: chunk)
    #expect(table.cells == [["ash\u{2028}tree", "1"], ["oak\u{85}x", "2"]])
  }

  @Test(arguments: chunks)
  func trailingSeparators(chunk: Int) throws {
    let table = try read("a,b,\n1,2,\n3,4,\n", chunk: chunk)
    #expect(table.names == ["a", "b"])
    #expect(table.notices == [.emptyColumnDropped(position: 3)])
    #expect(try read("a,b\n1,2,\n3,4,\n", chunk: chunk).cells == [["1", "2"], ["3", "4"]])
    #expect(try read("a,b\n1,2\n3,4,,\n5,6\n", chunk: chunk).cells == [["1", "2"], ["3", "4"], ["5", "6"]])
  }

  @Test func oneColumn() throws {
    #expect(try read("value\n1\n2\n").cells == [["1"], ["2"]])
    #expect(try read("note\nnew roof\nno roof\nnew\nwet walls\nno walls\n").cells[0] == ["new roof"])
    #expect(try read("text\nhello, world\ngood bye then\nyes\n").names == ["text"])
  }

  @Test func optionsOverruleGuesses() throws {
    var options = ReadingOptions()
    options.separator = ";"
    #expect(try read("a,b\n1,2\n", options: options).names == ["a,b"])
    options = ReadingOptions()
    options.decimal = ","
    options.thousands = "."
    #expect(try read("a;b\n1.037;2\n2.5;3\n", options: options).column(named: "a").number(at: 0) == 1037)
    options = ReadingOptions()
    options.hasHeader = false
    #expect(try read("a,b\n1,2\n", options: options).rowCount == 2)
    options = ReadingOptions()
    options.comment = "%"
    #expect(try read("a,b\n% no\n1,2\n", options: options).rowCount == 1)
    options = ReadingOptions()
    options.textEncoding = .windows1252
    #expect(try read([0x61, 0x0A, 0xC3, 0xA4, 0x0A], options: options).cells == [["Ã¤"]])
    options = ReadingOptions()
    options.missingWords = ["Unknown", "-999"]
    #expect(try read("a,b\nunknown,-999\nred,4\n", options: options).cells[0] == ["–", "–"])
    options = ReadingOptions()
    options.fillsShortRows = true
    let table = try read("a,b,c\n1,2,3\n4,5\n6,7,8\n", options: options)
    #expect(table.cells[1] == ["4", "5", "–"])
    #expect(table.notices == [.shortRows(count: 1, firstLine: 3)])
  }
}
