import ChainruleTables
import Testing

@Suite struct NumberTests {
  /// The number that the reader reads, or NaN if it isn't one.
  private func number(_ text: String) -> Double {
    if case .number(let number) = Cell(text) { number } else { .nan }
  }

  @Test(arguments: [
    "+", "e5", "1e", "1e+", "1.2.3", "1,5", "0x1F", "1_000", "inf", "-Infinity", "1e400", "12a", "--1", "+-1", "007",
    "00",
    "-01", "½", "1 2", "1e5.5", "..5",
  ])
  func noNumbers(text: String) { #expect(number(text).isNaN) }

  @Test(
    arguments: [
      ("5.", 5), (".5", 0.5), ("+5", 5), ("1E1", 10), ("1e-400", 0), ("-0.25", -0.25), ("0", 0), ("0.0", 0),
      ("\u{2212}3", -3),
      ("1e0005", 100_000), ("00.5", 0.5), ("4.9e-324", .leastNonzeroMagnitude),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("123456789012345678901234567890", 1.2345678901234568e29), (" 7 ", 7),
      // Halfway between 2⁵³ and the next one, ties to even; and a little above.
      ("9007199254740993", 9_007_199_254_740_992),
      ("9007199254740993.00000000000000000000000000000000000000001", 9_007_199_254_740_994),
      ("9007199254740995", 9_007_199_254_740_996), ("0.1e-322", 2 * .leastNonzeroMagnitude),
      ("2.4703282292062327e-324", 0),
      ("2.4703282292062328e-324", .leastNonzeroMagnitude),
      ("1.00000000000000011102230246251565404236316680908203125", 1),
      ("1.00000000000000011102230246251565404236316680908203124", 1),
      ("1.00000000000000011102230246251565404236316680908203126", 1.0000000000000002),
    ] as [(String, Double)])
  func numbers(text: String, expected: Double) { #expect(number(text) == expected) }

  /// The standard library's conversion is exact too, and independent.
  @Test func aHundredThousandSpellings() {
    var random = SplitMix(seed: 1)
    var wrong: [String] = []
    for index in 0..<100_000 {
      var text: String
      switch index % 5 {
      case 0: text = "\(Double(bitPattern: random.next()))"
      case 1:  // Many digits and any exponent.
        text = (0..<Int.random(in: 1...40, using: &random)).map { _ in "\(random.next() % 10)" }.joined()
        text = "1" + text + "e\(Int.random(in: -345...310, using: &random))"
      case 2:  // The exact midpoint of two neighbours, or a number that differs in the last digits.
        let base = Double(Int.random(in: 1 << 52..<1 << 53, using: &random))
        text = Self.exactMiddle(UInt64(base)) + (index % 2 == 0 ? "" : "000000000000000000000001")
      case 3:  // Subnormal.
        text = "\(Double(bitPattern: random.next() >> 12))"
      default: text = "\(Int.random(in: -99_999...99_999, using: &random)).\(random.next() % 1_000_000)"
      }
      guard let expected = Double(text), expected.isFinite else { continue }
      if number(text).bitPattern != expected.bitPattern { wrong.append(text) }
    }
    #expect(wrong.isEmpty, "\(wrong.count) of them, such as \(wrong.prefix(3))")
  }

  /// Halfway between two neighbours: n · 2 + 1 has one bit more than a double holds.
  private static func exactMiddle(_ n: UInt64) -> String { "\(n * 2 + 1).0" }

  @Test func everyWayOfReadingGivesTheSame() throws {
    // With more than 256 spellings, a column is read by another loop.
    var random = SplitMix(seed: 2)
    for digits in [2, 8, 17] {
      let texts = (0..<2000).map { _ in
        let fraction = (0..<digits).map { _ in "\(random.next() % 10)" }.joined()
        return "\(random.next() % 2 == 0 ? "-" : "")\(random.next() % 1000).\(fraction)"
      }
      for chunk in [7, 0] {
        let table = try read("x,y\n" + texts.map { "\($0),\"\($0)\"\n" }.joined(), chunk: chunk)
        #expect(table.columns[0].levels == nil)
        #expect(try table.numbers("x") == texts.map { Double($0)! })
        #expect(try table.numbers("y") == texts.map { Double($0)! })
      }
    }
  }

  @Test(
    arguments: [
      ("a;b\n28,7;1.037\n-0,5;2.500\n", [28.7, -0.5], [1037, 2500]),
      ("a,b\n\"90,000\",1.5\n\"1,250,000\",2.5\n", [90_000, 1_250_000], [1.5, 2.5]),
      ("a;b\n1 234 567,5;1\n89;2\n", [1_234_567.5, 89], [1, 2]),
      ("a\tb\n1'234.5\t1\n12'000\t2\n", [1234.5, 12_000], [1, 2]),
      ("a;b\n1.234,56;0\n0,5;1\n", [1234.56, 0.5], [0, 1]), ("a;b\n1,037;5\n2,500;6\n", [1.037, 2.5], [5, 6]),
      ("a,b\n1.037,5\n2.500,6\n", [1.037, 2.5], [5, 6]),
      ("a,b\n\"1,5\",\"2,25\"\n\"3,5\",7\n", [1.5, 3.5], [2.25, 7]),
    ] as [(String, [Double], [Double])])
  func decimalCommasAndThousands(text: String, a: [Double], b: [Double]) throws {
    for chunk in chunks {
      let table = try read(text, chunk: chunk)
      #expect(try table.numbers("a") == a)
      #expect(try table.numbers("b") == b)
    }
  }

  @Test func whatIsAmbiguousIsSaid() throws {
    #expect(try read("a;b\n1,037;5\n2,500;6\n").notices == [.ambiguousNumbers(example: "1,037", decimal: ",")])
    #expect(try read("a;b\n1,037;5\n2,5;6\n").notices.isEmpty)
    #expect(try read("a,b\n\"90,000\",1.5\n3,2.5\n").notices == [.thousands(",")])
  }

  @Test func units() throws {
    let table = try read("rate,price,mixed\n5%,$12.50,5%\n12.5 %,$3,6\n–,\"$1,200\",7\n".replacing("–", with: ""))
    #expect(try table.numbers("rate")[..<2] == [5, 12.5] && table.column(named: "rate").missingCount == 1)
    #expect(try table.numbers("price") == [12.5, 3, 1200])
    #expect(try table.column(named: "mixed").textCount == 1)
    #expect(table.notices.contains(.unit("%", column: "rate")) && table.notices.contains(.unit("$", column: "price")))
  }
}

/// Random numbers, the same in each run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
