import ChainruleTables
import Testing

@Suite struct ColumnTests {
  @Test func aFewSpellings() throws {
    let table = try read("a,b\nred,1\n,2.50\nblue,NA\nred,x\n")
    let a = try table.column(named: "a")
    #expect(a.levels?.map(\.text) == ["red", "blue"])
    #expect((0..<4).map { a.code(at: $0) } == [0, nil, 1, 0])
    #expect((a.count, a.missingCount, a.numberCount, a.textCount) == (4, 1, 0, 3))
    let b = try table.column(named: "b")
    #expect(b[0] == .number(1) && b[1] == .number(2.5) && b[2] == .missing && b[3] == .text("x"))
    #expect(b.text(at: 1) == "2.50" && b.examples == ["1", "2.50", "x"])
    #expect(b.nonNumbers().count == 1 && b.nonNumbers().examples.first?.text == "x")
  }

  @Test(arguments: [7, 0])
  func manyNumbersWithSomeWords(chunk: Int) throws {
    let cells = (0..<3000).map {
      $0 % 100 == 50 ? "broken" : $0 % 70 == 3 ? "NA" : $0 == 1234 ? "off" : "\(Double($0) / 4)"
    }
    let table = try read("i,x\n" + cells.enumerated().map { "\($0.offset % 2),\($0.element)\n" }.joined(), chunk: chunk)
    let x = try table.column(named: "x")
    #expect(x.levels == nil)
    #expect(x.textCount == 31 && x.missingCount == cells.count { $0 == "NA" })
    #expect(x.numberCount == 3000 - x.textCount - x.missingCount)
    #expect(x.nonNumbers(limit: 2).examples.map { "\($0.text) \($0.count)" } == ["broken 30", "off 1"])
    for row in 0..<3000 {
      #expect(
        x.text(at: row)
          == (cells[row] == "NA" ? nil : cells[row].hasSuffix(".0") ? String(cells[row].dropLast(2)) : cells[row]))
    }
  }

  @Test func manyTexts() throws {
    let texts = (0..<70_000).map { "name \($0)" }
    let table = try read("n,k\n" + texts.map { "\($0),1\n" }.joined())
    let n = try table.column(named: "n")
    #expect(n.isDiscarded && n.levels == nil && n.textCount == 70_000 && n.examples.first == "name 0")
    var options = ReadingOptions()
    options.keptColumns = ["n"]
    let kept = try read("n,k\n" + texts.map { "\($0),1\n" }.joined(), options: options).column(named: "n")
    #expect(kept.levels?.count == 70_000 && kept.text(at: 69_999) == "name 69999")
    // Between 256 and 65,536 different texts, each is kept.
    let some = try read("n,k\n" + texts.prefix(5000).map { "\($0),1\n" }.joined()).column(named: "n")
    #expect(some.levels?.count == 5000 && some.text(at: 4321) == "name 4321")
  }

  @Test func numbersFirstThenTexts() throws {
    let cells = (0..<20_000).map { $0 < 4000 ? "\($0)" : "t\($0 % 3000)" }
    let column = try read("n\n" + cells.joined(separator: "\n")).column(named: "n")
    #expect(column.levels?.count == 7000)
    #expect(column.numberCount == 4000 && column.textCount == 16_000)
    for row in [0, 3999, 4000, 19_999] { #expect(column.text(at: row) == cells[row]) }
  }

  @Test(
    arguments: [
      ("2024-03-01", .yearMonthDay, 1_709_251_200), ("2024-03-01T06:30:15Z", .yearMonthDay, 1_709_274_615),
      ("2024-03-01 06:30", .yearMonthDay, 1_709_274_600), ("2024/3/1", .yearMonthDay, 1_709_251_200),
      ("2024-03-01T06:30:15.5+02:00", .yearMonthDay, 1_709_267_415.5), ("25.03.2024", .dayMonthYear, 1_711_324_800),
      ("25/3/24", .dayMonthYear, 1_711_324_800), ("03/25/2024", .monthDayYear, 1_711_324_800),
      ("3/25/2024 1:05 PM", .monthDayYear, 1_711_371_900), ("1-Mar-2024", .dayMonthYear, 1_709_251_200),
      ("March 1, 2024", .dayMonthYear, 1_709_251_200), ("23:59:59", .timeOnly, 86_399), ("7:05", .timeOnly, 25_500),
      ("1969-12-31", .yearMonthDay, -86_400), ("2024-02", .yearMonthDay, 1_706_745_600),
    ] as [(String, DateFormat.Order, Double)])
  func dates(text: String, order: DateFormat.Order, seconds: Double) throws {
    let column = try read("d\tx\n\(text)\t1\n\(text)\t2\n\t3\n").column(named: "d")
    #expect(column.dates?.order == order)
    #expect(column.seconds(at: 0) == seconds)
    #expect(column.seconds(at: 2).isNaN)
    #expect((column.dateCount, column.missingCount, column.textCount) == (2, 1, 0))
  }

  @Test(arguments: [
    "2023-02-29", "1.2.3.4", "32.01.2024", "13/13/2024", "24:61", "2024-13-01", "12-34", "Foo 1, 2024",
    "2024-03-01T10:00+17:00", "2024-03-01T10:00+2:00", "2024-03-01T10:00 CET",
  ])
  func noDates(text: String) throws {
    #expect(try read("d\tx\n\(text)\t1\n\(text)\t2\n").column(named: "d").dates == nil)
  }

  @Test func daysAndMonthsAreToldApartByAllCells() throws {
    func column(_ cells: [String]) throws -> Table { try read("d\tx\n" + cells.map { "\($0)\t1\n" }.joined()) }
    let days = try column(["01/02/2024", "03/04/2024", "25/04/2024"])
    #expect(days.columns[0].dates?.order == .dayMonthYear && days.columns[0].seconds(at: 0) == 1_706_745_600)
    let months = try column(["01/02/2024", "03/04/2024", "04/25/2024"])
    #expect(months.columns[0].dates?.order == .monthDayYear)
    // The first of each month.
    let series = try column(["01/01/2024", "01/02/2024", "01/03/2024"])
    #expect(series.columns[0].dates?.order == .dayMonthYear && series.notices.isEmpty)
    let ambiguous = try column(["01/02/2024", "03/04/2024", "05/01/2024"])
    #expect(ambiguous.notices == [.ambiguousDates(column: "d", example: "01/02/2024")])
  }

  @Test(arguments: [7, 0])
  func manyDates(chunk: Int) throws {
    // Only the end shows which number is the day.
    let cells = (0..<2000).map { "\($0 % 12 + 1)/\($0 % 11 + 1)/\(1900 + $0 / 12)" } + ["31/12/1999", "never"]
    let column = try read("d,x\n" + cells.map { "\($0),1\n" }.joined(), chunk: chunk).column(named: "d")
    #expect(column.levels == nil && column.dates?.order == .dayMonthYear)
    #expect(column.seconds(at: 2000) == 946_598_400 && column.text(at: 2000) == "1999-12-31")
    #expect(column.dateCount == 2001 && column.text(at: 2001) == "never")
  }

  @Test(arguments: [0, 400])
  func offsetsFromUTC(more: Int) throws {
    // The same time, and many others so that the column is stored as seconds.
    let moment = ["2024-03-01T12:00:00+02:00", "2024-03-01 10:00Z", "2024-03-01T04:30:00-0530", "2024-03-01T10:00 UTC"]
    let others = (0..<more).map { "2023-01-01T\($0 / 60 + 10):\($0 % 60 + 100):00+01:00".replacing(":1", with: ":") }
    let table = try read("t,x\n" + (moment + others).map { "\($0),1\n" }.joined())
    let column = table.columns[0]
    #expect(column.dates == DateFormat(order: .yearMonthDay, hasTime: true, isUTC: true) && table.notices.isEmpty)
    #expect((0..<4).map { column.seconds(at: $0) } == Array(repeating: 1_709_287_200, count: 4))
    #expect(column.text(at: 0) == (more == 0 ? moment[0] : "2024-03-01T10:00:00Z"))
    if more > 0 { #expect(column.levels == nil && column.seconds(at: 4) == 1_672_563_600) }
  }

  @Test(arguments: [0, 400])
  func someOffsetsAreNotEnough(more: Int) throws {
    let cells = ["2024-03-01T12:00:00+02:00", "2024-03-01T12:00:00", "2024-03-01T12:00:00Z"]
    let others = (0..<more).map { "2023-01-01T\($0 / 60 + 10):\($0 % 60 + 100)".replacing(":1", with: ":") }
    let table = try read("t,x\n" + (cells + others).map { "\($0),1\n" }.joined())
    #expect(table.columns[0].dates == DateFormat(order: .yearMonthDay, hasTime: true))
    #expect((0..<3).map { table.columns[0].seconds(at: $0) } == Array(repeating: 1_709_294_400, count: 3))
    #expect(table.notices == [.mixedOffsets(column: "t")])
    #expect((table.columns[0].levels == nil) == (more > 0))
  }

  @Test(arguments: [0, 400])
  func fractionsOfASecond(more: Int) throws {
    let cells = ["01/02/2024 10:00:00.123456"] + (0..<more).map { "25/02/2024 10:00:00.\($0 + 100)" }
    let column = try read("t,x\n" + cells.map { "\($0),1\n" }.joined(), chunk: 0).columns[0]
    #expect(column.seconds(at: 0) == (more == 0 ? 1_704_189_600.123456 : 1_706_781_600.123456))
  }

  @Test(arguments: [1, 3])
  func pointsMeanThatTheDayComesFirst(years: Int) throws {
    let cells = (0..<years).flatMap { year in (0..<144).map { "\($0 % 12 + 1).\($0 / 12 + 1).\(2020 + year)" } }
    let table = try read("t\tx\n" + cells.map { "\($0)\t1\n" }.joined())
    #expect(table.columns[0].dates?.order == .dayMonthYear && table.notices.isEmpty)
    #expect(table.columns[0].seconds(at: 12) == 1_580_515_200)
    #expect((table.columns[0].levels == nil) == (years == 3))
  }

  @Test func spellingsThatDifferInOneLetter() throws {
    // Every length up to five words, and a difference at every position.
    let cells = (1...40).flatMap { length in
      (-1..<length).map { place in String((0..<length).map { $0 == place ? "y" : "x" }) }
    }
    let column = try read("w,n\n" + (cells + cells.reversed()).map { "\($0),1\n" }.joined()).columns[0]
    #expect(column.levels?.map(\.text) == cells)
    #expect((0..<cells.count * 2).map { column.text(at: $0) } == cells + cells.reversed())
  }

  @Test func zipCodesAreTexts() throws {
    let column = try read("zip,x\n00501,1\n01002,2\n").column(named: "zip")
    #expect(column.textCount == 2 && column.levels?.first?.text == "00501")
  }
}
