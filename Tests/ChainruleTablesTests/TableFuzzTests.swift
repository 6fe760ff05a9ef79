import ChainruleCore
import ChainruleTables
import Fuzzing
import Testing

/// Damaged files give a table or an error, never a trap. A table that was read can be encoded, or the error says why
/// not.
struct TableFuzzTests {
  private static let examples = [
    "a,b,c\n1,2,x\n3.5,,y\n-1e5,NA,\"q \"\"r\"\"\"\n", "x;y\r\n1,5;2\r\n1.234,5;3\r\n", "'a'\t'b'\n1\t'x'\n",
    "# c\na b\n1 2\n", "@relation r\n@attribute a numeric\n@attribute b {x,'y'}\n@data\n1,x\n?,'y'\n",
    "sep=|\na|b\n1|2\n", ",d\n0,2024-01-05\n1,31.12.2024\n", "4,2,red,blue\n1,2,0,1\n3,4,1,1\n5,6,0,1\n7,8,0,0\n",
    "p,q\n5%,$1\n6%,$2\n", "é,ü\nñ,1\n", "a,b\r1,2\r3,4\r", "1,2\n3,4\n",
    "day,kind,y\n2024-01-05,a,1\n2024-02-05,b,0\n2024-03-09,a,1\n2024-03-10,b,1\n",
    "x,ok,y\n1,yes,0.5\n2,no,0.25\n3,yes,1e9\n4,,2\n5,no,3\n",
  ].map { Array($0.utf8) }
  private static let pieces: [[UInt8]] =
    [
      ",", ";", "\t", "\"", "'", "\n", "\r", "\r\n", "#", ".", "-", "e9", "1", "0", " ", "\\", "{", "@data\n", "é",
      "999999999999999999999", "1e308", "\"\"", "\n\n", "%", "/", ":", "\u{2212}", "NA", "1e-300",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xE2, 0x80], [0xFF, 0xFE]]

  @Test("100,000 damaged files, each read as a whole and in parts")
  func reading() {
    var mutator = Mutator(examples: Self.examples, pieces: Self.pieces, mutations: 6, seed: 7)
    var tables = 0
    for _ in 0..<Fuzzing.count(100_000) {
      let bytes = mutator.next()
      let chunk = 1 + mutator.random.index(below: 9)
      let whole = Result { () throws(TableError) in try read(bytes) }
      let parts = Result { () throws(TableError) in try read(bytes, chunk: chunk) }
      switch (whole, parts) {
      case (.success(let first), .success(let second)):
        tables += 1
        let isWhole = first.columns.allSatisfy {
          $0.missingCount + $0.numberCount + $0.dateCount + $0.textCount == first.rowCount
        }
        if !isWhole || first != second || first.notices != second.notices { Issue.record("\(bytes)") }
      case (.failure(let first), .failure(let second)): if first != second { Issue.record("\(bytes)") }
      default: Issue.record("\(bytes) in parts ends otherwise than whole")
      }
    }
    #expect(tables > 10_000)
  }

  @Test("40,000 damaged files become finite numbers, or one line says why not")
  func encoding() {
    var mutator = Mutator(examples: Self.examples, pieces: Self.pieces, mutations: 4, seed: 8)
    var encoded = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(40_000) {
      let bytes = mutator.next()
      guard let table = try? read(bytes), let target = table.columns.last?.name else { continue }
      do throws(TableError) {
        let encoding = try TableEncoding.fit(table, targets: [target])
        let data = try encoding.dataset(from: table)
        encoded += 1
        let isFinite = data.inputs.allSatisfy(\.isFinite) && data.targets.allSatisfy(\.isFinite)
        if !isFinite || data.inputCount != encoding.inputCount || data.targetCount != encoding.outputCount {
          Issue.record("\(bytes)")
        }
        // An unknown table of the same columns is encoded too, row by row.
        let prediction = encoding.decode([Float](repeating: 0.5, count: encoding.outputCount))
        if "\(prediction)".isEmpty { Issue.record("\(bytes)") }
      } catch {
        refused += 1
        if error.description.isEmpty { Issue.record("\(bytes)") }
      }
    }
    #expect(encoded > 2_000 && refused > 2_000, "\(encoded) encoded, \(refused) refused")
  }

  @Test("200,000 damaged numbers and dates are a number, a text or missing")
  func cells() {
    let examples = [
      "12", "-3.5e-7", "1,234.5", "0x1F", "2024-02-29T23:59:59Z", "31.12.1999", "1e400", "NaN", "-", "007", "+.5",
    ]
    var mutator = Mutator(
      examples: examples, pieces: ["e", "-", "+", ".", ",", "0", "9", " ", "T", ":", "/", "é"], mutations: 4, seed: 9)
    var numbers = 0
    for _ in 0..<Fuzzing.count(200_000) {
      let text = String(decoding: mutator.next(), as: UTF8.self)
      guard case .number(let number) = Cell(text) else { continue }
      numbers += 1
      // If both read a number, compare with Swift's own parser.
      let trimmed = text.trimming
      if !number.isFinite { Issue.record("“\(text)” is \(number)") }
      if let expected = Double(trimmed), expected != number { Issue.record("“\(text)” is \(number)") }
    }
    #expect(numbers > 10_000)
  }
}

extension String {
  fileprivate var trimming: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
