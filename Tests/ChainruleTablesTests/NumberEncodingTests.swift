import ChainruleTables
import Testing

struct NumberEncodingTests {
  /// Fits an encoding to a column `a` and a target.
  private func fit(_ cells: [String?], options: EncodingOptions = EncodingOptions()) throws -> TableEncoding {
    try TableEncoding.fit(
      table(["b": cells, "kind": repeated(["u", "v"], cells.count)]), targets: ["kind"], options: options)
  }

  private func encode(_ encoding: TableEncoding, _ cells: [String?]) throws -> [[Float]] {
    rows(try encoding.inputs(from: table(["b": cells])), encoding.inputCount)
  }

  @Test func `The median becomes zero, the interquartile range one`() throws {
    // 1, 2, 4, 8, 16: the quartiles are 2, 4 and 8.
    let encoding = try fit(["16", "1", "4", "8", "2"])
    #expect(try encode(encoding, ["4", "10", "-2", "16"]) == [[0], [limited(1)], [limited(-1)], [limited(2)]])
    guard case .number(let scaling) = encoding.inputs[0].coding else { throw Unexpected() }
    #expect(scaling == NumberScaling(center: 4, scale: 6, fill: 4, minimum: 1, maximum: 16))
  }

  @Test func `Quartiles lie between numbers in proportion`() throws {
    // 0, 1, 10, 20: the quartiles are 0.75, 5.5 and 12.5.
    let encoding = try fit(["20", "0", "10", "1"])
    #expect(try encode(encoding, ["5.5", "17.25"]) == [[0], [limited(1)]])
  }

  @Test func `Two numbers become minus one and one, however rare one is`() throws {
    let encoding = try fit(["5"] + repeated(["3"], 99))
    #expect(try encode(encoding, ["5", "3", "4"]) == [[limited(1)], [limited(-1)], [0]])
  }

  @Test func `If most numbers are the same, the others' distance is the scale`() throws {
    // Half of the distances from zero are below 3.
    let encoding = try fit(repeated(["0"], 20) + ["2", "3", "-40"])
    #expect(try encode(encoding, ["0", "3", "-3"]) == [[0], [limited(1)], [limited(-1)]])
  }

  @Test func `Missing numbers become the median, and have an input of their own`() throws {
    let encoding = try fit(["16", "1", nil, "4", "8", "2", "NA"])
    #expect(encoding.inputs[0].hasMissingInput)
    #expect(try encode(encoding, ["10", nil, "?"]) == [[limited(1), 0], [0, 1], [0, 1]])
  }

  @Test func `Missing numbers that training didn't have become the median, with a notice`() throws {
    let encoding = try fit(["16", "1", "4", "8", "2"])
    let later = try table(["b": [nil, "4", "n/a", "oops", "99", "16"]])
    #expect(rows(try encoding.inputs(from: later), 1)[0...3] == [[0], [0], [0], [0]])
    #expect(
      try encoding.notices(for: later).map(\.description) == [
        "“b”: 1 cell can't be read and counts as missing (“oops”)",
        "“b”: 2 missing cells, though training had none; filled with the usual value",
        "“b”: 1 cell far outside the training range of 1 to 16",
      ])
    #expect(try encoding.notices(for: later, rows: [1, 5]).isEmpty)
  }

  @Test func `A few words count as missing, with a notice`() throws {
    let encoding = try fit((0..<40).map { "\($0 * $0)" } + ["broken", "broken"])
    #expect(encoding.inputs.map(\.width) == [2])
    #expect(
      encoding.notices.map(\.description) == [
        "“b” holds numbers; 2 cells with other text count as missing (“broken” 2 times)"
      ])
  }

  @Test(arguments: ["1e308", "-1e308", "1e30", "5e-324", "-0", "1e-170", "123456789012345678"])
  func `Inputs are limited`(number: String) throws {
    for cells in [
      ["1", "2", "3", "4"], ["1e-170", "2e-170", "4e-170"], ["-1e308", "1e308", "0"], [number, "1", "2", "3"],
    ] {
      let encoding = try fit(cells)
      for value in try encode(encoding, cells + [number]).joined() { #expect(abs(value) <= 3) }
    }
  }

  @Test func `Tiny and huge numbers are scaled like others`() throws {
    for exponent in ["e-170", "e-300", "e300", "e307", ""] {
      let cells = ["16", "1", "4", "8", "2"].map { $0 + exponent }
      let expected: [Float] = [2, -0.5, 0, 4.0 / 6, -2.0 / 6].map { limited($0) }
      for (value, right) in zip(try encode(fit(cells), cells).joined(), expected) { #expect(abs(value - right) < 1e-6) }
    }
  }

  @Test func `One outlier changes nothing for the others`() throws {
    let usual = (1...99).map { "\($0)" }
    let plain = try encode(fit(usual), ["25", "75"]).joined()
    let spoilt = try encode(fit(usual + ["1e30"]), ["25", "75"]).joined()
    for (first, second) in zip(plain, spoilt) { #expect(abs(first - second) < 0.02) }
  }

  @Test func `Without scaling, numbers stay as they are, within what a Float holds`() throws {
    let encoding = try fit(["16", "1", "4", "8", "2"], options: EncodingOptions(standardize: false))
    #expect(try encode(encoding, ["16", "-2.5", nil]) == [[16], [-2.5], [4]])
    #expect(try encode(encoding, ["1e300"]) == [[.greatestFiniteMagnitude]])
  }

  @Test func `Many rows are scaled like few, and any rows can be requested`() throws {
    let numbers = (0..<3000).map { Double($0 * 7 % 3000) }
    let table = try Table(columns: [
      (name: "b", numbers: numbers), (name: "kind", numbers: numbers.map { $0 < 1000 ? 0 : 1 }),
    ])
    let encoding = try TableEncoding.fit(table, targets: ["kind"])
    let all = try encoding.inputs(from: table)
    // 0 to 2999: the median is 1499.5, the quartiles 749.75 and 2249.25.
    for row in 0..<3000 { #expect(abs(all[row] - limited((numbers[row] - 1499.5) / 1499.5)) < 1e-6) }
    #expect(try encoding.inputs(from: table, rows: [2999, 0, 17, 17]) == [all[2999], all[0], all[17], all[17]])
    #expect(try encoding.inputs(from: table, rows: []) == [])
  }
}

struct Unexpected: Error {}
