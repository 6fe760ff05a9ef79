import ChainruleTables
import Foundation
import Testing

/// A programmer's mistake ends the program with a message, also in release builds.
@Suite struct TrapTests {
  /// A table of three rows: a column of categories, one of different numbers, and one of dates.
  static func table() throws -> Table {
    try Table(
      columns: [
        ("kind", ["a", "b", "a"]), ("size", ["1", "2", "4"]), ("day", ["2026-01-01", "2026-01-02", "2026-01-03"]),
      ] as [(name: String, cells: [String?])], name: "t.csv")
  }

  /// A column with too many different numbers to keep them as texts.
  static func dense() throws -> Column {
    let table = try Table(columns: [("x", (0..<100_000).map { Double($0) / 3 })] as [(name: String, numbers: [Double])])
    return try table.column(named: "x")
  }

  /// The text on standard error.
  private static func said(_ result: ExitTest.Result?) throws -> String {
    String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
  }

  @Test func rowsOfAColumn() async throws {
    let message = "column “kind”: found row 3, expected one below 3; rows count from 0"
    let results = [
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().column(named: "kind").code(at: 3)
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().column(named: "kind").number(at: 3)
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().column(named: "kind").seconds(at: 3)
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().column(named: "kind").text(at: 3)
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().column(named: "kind")[3]
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().column(named: "kind").isMissing(at: 3)
      },
    ]
    for result in results { #expect(try Self.said(result).contains(message)) }
    let below = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TrapTests.dense().number(at: -1)
    }
    #expect(try Self.said(below).contains("column “x”: found row -1, expected one below 100000"))
  }

  @Test func rowsOfATable() async throws {
    let message = "table t.csv: found row -1, expected one below 3; rows count from 0"
    let results = [
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TrapTests.table().rows([0, -1])
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TableEncoding.fit(TrapTests.table(), targets: ["size"], trainingRows: [0, -1])
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let table = try TrapTests.table()
        _ = try TableEncoding.fit(table, targets: ["size"]).inputs(from: table, rows: [-1])
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let table = try TrapTests.table()
        _ = try TableEncoding.fit(table, targets: ["size"]).targets(from: table, rows: [-1])
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let table = try TrapTests.table()
        _ = try TableEncoding.fit(table, targets: ["size"]).notices(for: table, rows: [-1])
      },
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try TableTask.split(TrapTests.table(), targets: ["size"], rows: [-1, 0], fraction: 0.5)
      },
    ]
    for result in results { #expect(try Self.said(result).contains(message)) }
  }

  @Test func folds() async throws {
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Folds(rows: [0, 1, 2], count: 4, seed: 1)
    }
    #expect(try Self.said(few).contains("found 4 folds for 3 rows; expected from 2 to one for each row"))
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Folds(rows: [0, 1, 2], groups: [0, 0, 4], count: 3, seed: 1)
    }
    #expect(try Self.said(groups).contains("found 3 folds for 2 groups; expected from 2 to one for each group"))
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Folds(inOrder: [0, 1, 2], count: 3)
    }
    #expect(try Self.said(order).contains("found 3 folds for 3 rows in order; expected from 2 to one less than rows"))
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Folds(rows: [0, 1, 2], count: 3, seed: 1).split(3)
    }
    #expect(try Self.said(none).contains("found the fold 3, expected one from 0 to 2"))
  }

  @Test func readers() async throws {
    let more = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var reader = TableReader(name: "t")
      try Array("a,b\n1,2\n".utf8).withUnsafeBytes { try reader.read($0) }
      _ = try reader.finish()
      try Array("3,4\n".utf8).withUnsafeBytes { try reader.read($0) }
    }
    #expect(try Self.said(more).contains("this TableReader has finished or failed; make another one for more bytes"))
    let again = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var reader = TableReader(name: "t")
      try Array("a,b\n1,2\n".utf8).withUnsafeBytes { try reader.read($0) }
      _ = try reader.finish()
      _ = try reader.finish()
    }
    #expect(try Self.said(again).contains("this TableReader has finished or failed, and can't finish again"))
  }

  @Test func encodings() async throws {
    let target = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TableEncoding.fit(TrapTests.table(), targets: [])
    }
    #expect(try Self.said(target).contains("found no target; name the column to predict"))
    let inputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TableEncoding(inputs: [], target: .classes(name: "k", labels: ["a", "b"]))
    }
    #expect(try Self.said(inputs).contains("found no input, expected at least one column that becomes inputs"))
    let form = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let inputs = try TableEncoding.fit(TrapTests.table(), targets: ["size"]).inputs
      _ = TableEncoding(inputs: inputs, target: .classes(name: "k", labels: ["a"]))
    }
    #expect(try Self.said(form).contains("the outputs' form doesn't suit the target: numbers go with .numbers"))
    let width = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EncodingOptions(maxInputsPerColumn: 2)
    }
    #expect(try Self.said(width).contains("found maxInputsPerColumn 2, expected 3 or more"))
    let later = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var options = EncodingOptions()
      options.maxInputsPerColumn = 0
    }
    #expect(try Self.said(later).contains("found maxInputsPerColumn 0, expected 3 or more"))
    let scale = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumberScaling(center: 0, scale: 0, fill: 0, minimum: 0, maximum: 1)
    }
    #expect(
      try Self.said(scale).contains("found center 0.0, scale 0.0, fill 0.0, range 0.0 to 1.0; expected finite numbers"))
    let mean = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumberTarget(name: "y", mean: .nan, scale: 1, minimum: 0, maximum: 1)
    }
    #expect(
      try Self.said(mean).contains("target “y”: found mean nan, scale 1.0, range 0.0 to 1.0; expected finite numbers"))
  }

  @Test func predictions() async throws {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TableEncoding.fit(TrapTests.table(), targets: ["size"]).decode([1, 2])
    }
    #expect(try Self.said(count).contains("found 2 outputs for one row, expected 1"))
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let targets = ["x", "y"].map { NumberTarget(name: $0, mean: 0, scale: 1, minimum: 0, maximum: 1) }
      let inputs = try TableEncoding.fit(TrapTests.table(), targets: ["size"]).inputs
      _ = TableEncoding(inputs: inputs, target: .numbers(targets)).predictions([1, 2, 3])
    }
    #expect(try Self.said(rows).contains("found 3 outputs, expected a multiple of 2, which each row has"))
    let number = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TableEncoding.fit(TrapTests.table(), targets: ["size"]).classNumber(in: [1])
    }
    #expect(try Self.said(number).contains("found a target of numbers, expected classes; use numbers(in:)"))
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TableEncoding.fit(TrapTests.table(), targets: ["kind"]).numbers(in: [1])
    }
    #expect(try Self.said(label).contains("found a target of classes, expected numbers; use classNumber(in:)"))
    for result in [
      await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent],
        performing: {
          _ = try TableEncoding.fit(TrapTests.table(), targets: ["size"]).numbers(in: [])
        }),
      await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent],
        performing: {
          _ = try TableEncoding.fit(TrapTests.table(), targets: ["kind"]).classNumber(in: [])
        }),
    ] {
      #expect(try Self.said(result).contains("found 0 outputs for one row, expected 1"))
    }
  }
}
