import ChainruleTables
import Testing

struct CategoryEncodingTests {
  private func fit(_ cells: [String?], options: EncodingOptions = EncodingOptions()) throws -> TableEncoding {
    try TableEncoding.fit(
      table(["b": cells, "kind": repeated(["u", "v"], cells.count)]), targets: ["kind"], options: options)
  }

  private func encode(_ encoding: TableEncoding, _ cells: [String?]) throws -> [[Float]] {
    rows(try encoding.inputs(from: table(["b": cells])), encoding.inputCount)
  }

  @Test func `An input for each level, in order`() throws {
    let encoding = try fit(repeated(["red", "blue", "green"], 30))
    #expect(encoding.inputs[0].coding == .oneHot(levels: ["blue", "green", "red"], poolsRest: false))
    #expect(try encode(encoding, ["green", "red", "blue"]) == [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    #expect(try encode(encoding, ["pink", nil, "RED"]) == [[0, 0, 0], [0, 0, 0], [0, 0, 0]])
  }

  @Test func `Two levels are one input`() throws {
    let encoding = try fit(repeated(["m", "f", "f"], 30))
    #expect(encoding.inputs[0].coding == .sign(negative: "f", positive: "m"))
    #expect(try encode(encoding, ["m", "f", "x", nil]) == [[1], [-1], [0], [0]])
  }

  @Test func `Yes and no in any spelling`() throws {
    let encoding = try fit(repeated(["TRUE", "FALSE", nil], 30))
    #expect(encoding.inputs[0].kind == .yesNo)
    #expect(
      try encode(encoding, ["true", "False", "y", "0", "1", "maybe", nil])
        == [[1, 0], [-1, 0], [1, 0], [-1, 0], [1, 0], [0, 0], [0, 1]])
  }

  @Test func `Missing is a level if training has missing cells`() throws {
    let encoding = try fit(repeated(["red", "blue", nil, "green"], 40))
    #expect(try encode(encoding, ["blue", nil, "pink"]) == [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]])
  }

  @Test func `Levels that are numbers are compared as numbers`() throws {
    let encoding = try fit(repeated(["1", "2.0", "10"], 30), options: EncodingOptions(categorical: ["b"]))
    #expect(encoding.inputs[0].coding == .oneHot(levels: ["1", "2.0", "10"], poolsRest: false))
    #expect(try encode(encoding, ["1.0", "2", "1e1", "3"]) == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]])
  }

  @Test func `Thousands of levels share the available inputs`() throws {
    // Level i occurs in 1 to 400 rows, the first ones most often.
    var cells: [String] = []
    for level in 0..<1500 { cells += repeatElement("level \(level)", count: max(1, 400 / (level + 1))) }
    let encoding = try fit(cells)
    #expect(encoding.inputCount == 50)
    guard case .oneHot(let levels, let poolsRest) = encoding.inputs[0].coding else { throw Unexpected() }
    #expect(levels.count == 49 && poolsRest)
    #expect(levels.contains("level 0") && levels.contains("level 40") && !levels.contains("level 900"))
    let encoded = try encode(encoding, ["level 0", "level 900", "never seen"])
    #expect(encoded.map { $0.reduce(0, +) } == [1, 1, 1])
    #expect(encoded[1][49] == 1 && encoded[2][49] == 1)
    #expect(encoding.notices.contains { $0.description.contains("1451 rare levels") })
    #expect(try fit(cells, options: EncodingOptions(maxInputsPerColumn: 10)).inputCount == 10)
  }

  @Test func `A single rare level keeps its input`() throws {
    let cells = repeated((0..<12).map { "l\($0)" }, 120) + ["rare"]
    guard case .oneHot(let levels, let poolsRest) = try fit(cells).inputs[0].coding else { throw Unexpected() }
    #expect(levels.count == 13 && !poolsRest)
  }

  @Test func `Levels never seen are counted`() throws {
    let encoding = try fit(repeated(["red", "blue", "green"], 30))
    let later = try table(["b": ["pink", "red", "pink", nil, "gold"]])
    #expect(
      try encoding.notices(for: later).map(\.description) == [
        "“b”: 3 cells with a level that is rare in training or wasn't there (“pink” 2 times, “gold”)",
        "“b”: 1 missing cell, though training had none; filled with the usual value",
      ])
  }

  @Test func `One value and missing cells: only which cells are missing is learned`() throws {
    let encoding = try fit(repeated(["checked", nil], 30))
    #expect(try encode(encoding, ["checked", nil]) == [[1, 0], [0, 1]])
  }

  @Test func `A category read as numbers later`() throws {
    let cells = repeated(["1", "2", "3 or more"], 60)
    let encoding = try fit(cells)
    let many = (0..<600).map { Double($0) / 100 }
    let encoded = rows(
      try encoding.inputs(from: Table(columns: [(name: "b", numbers: many)])), encoding.inputCount)
    #expect(encoded[100] == [1, 0, 0] && encoded[200] == [0, 1, 0] && encoded[150] == [0, 0, 0])
  }

  @Test func `One row as a dictionary is encoded like the row of a table`() throws {
    let data = try table([
      "size": repeated(["1", "2", "4", "8", nil], 40), "b": repeated(["red", "blue", "green", nil], 40),
      "ok": repeated(["yes", "no"], 40), "kind": repeated(["u", "v", "w"], 40),
    ])
    let encoding = try TableEncoding.fit(data, targets: ["kind"])
    let row: [String: Cell] = ["size": 4, "b": "green", "ok": true, "unused": "x"]
    #expect(
      try encoding.inputs(from: row) == encoding.inputs(from: table(["size": ["4"], "b": ["green"], "ok": ["yes"]])))
    #expect(
      try encoding.inputs(from: ["size": nil, "b": nil, "ok": nil])
        == encoding.inputs(from: table(["size": [nil], "b": [nil], "ok": [nil]])))
  }
}
