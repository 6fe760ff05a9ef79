// Tables made in memory. Cells are stored as if they had been read from a file, so models treat them the same.
extension Table {
  /// A table of columns, with each cell written as in a file: `nil`, an empty text or a word such as “NA” is a missing
  /// value.
  ///
  /// - Throws: ``TableError`` if columns differ in length, or two have the same name.
  public init(columns: [(name: String, cells: [String?])], name: String = "table") throws(TableError) {
    try self.init(names: columns.map { $0.name }, counts: columns.map { $0.cells.count }, name: name) {
      column, row, writer in
      writer.add(columns[column].cells[row] ?? "")
    }
  }

  /// A table of number columns. A number that isn't finite is a missing value.
  ///
  /// - Throws: ``TableError`` if columns differ in length, or two have the same name.
  public init(columns: [(name: String, numbers: [Double])], name: String = "table") throws(TableError) {
    try self.init(names: columns.map { $0.name }, counts: columns.map { $0.numbers.count }, name: name) {
      column, row, writer in
      writer.add(columns[column].numbers[row])
    }
  }

  /// A table of columns of cells.
  ///
  /// - Throws: ``TableError`` if columns differ in length, or two have the same name.
  public init(columns: [(name: String, cells: [Cell])], name: String = "table") throws(TableError) {
    try self.init(names: columns.map { $0.name }, counts: columns.map { $0.cells.count }, name: name) {
      column, row, writer in
      writer.add(columns[column].cells[row])
    }
  }

  private init(
    names: [String], counts: [Int], name: String, _ add: (Int, Int, inout CellWriter) -> Void
  ) throws(TableError) {
    let rows = counts.first ?? 0
    for (index, count) in counts.enumerated() where count != rows {
      throw TableError(.unequalColumns(rows: count, expected: rows), table: name, column: names[index])
    }
    let known = ColumnNames(names, count: names.count, hasHeader: true)
    for notice in known.notices {
      switch notice {
      case .renamedColumn(let twice, _): throw TableError(.badName(twice), table: name)
      default: throw TableError(.badName(""), table: name)
      }
    }
    let context = CellContext(parser: NumberParser(), missing: .standard)
    var notices: [Notice] = []
    var columns: [Column] = []
    for (index, columnName) in names.enumerated() {
      var writer = CellWriter(context: context)
      for row in 0..<rows { add(index, row, &writer) }
      columns.append(writer.finish(name: columnName, &notices))
    }
    self.init(name: name, columns: columns, rowCount: rows, dialect: nil, notices: notices, lines: LineMap())
  }

  /// A table of some rows, in the given order; a row can be repeated.
  ///
  /// - Precondition: the table has all of them.
  public func rows(_ rows: [Int]) -> Table {
    checkRows(rows)
    var lines = LineMap()
    for (position, row) in rows.enumerated() {
      if let line = line(ofRow: row) { lines.add(row: position, line: line) }
    }
    return Table(
      name: name, columns: columns.map { $0.rows(rows) }, rowCount: rows.count, dialect: dialect, notices: notices,
      lines: lines)
  }
}

/// Fills one column with cells from memory.
private struct CellWriter {
  private var builder = ColumnBuilder(keepsTexts: false)
  private var row = 0
  private var capacity = 0
  private var bytes: [UInt8] = []
  private let context: CellContext

  init(context: CellContext) { self.context = context }

  mutating func add(_ cell: Cell) {
    switch cell {
    case .missing: add("")
    case .number(let number): add(number)
    case .text(let text): add(text)
    }
  }

  mutating func add(_ number: Double) {
    if !number.isFinite { return add("") }
    makeRoom()
    if builder.mode == .numbers {
      builder.set(number, row: row)
      row += 1
    } else {
      add(NumberText.shortest(number))
    }
  }

  mutating func add(_ text: String) {
    makeRoom()
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: text.utf8)
    let length = bytes.count
    // At least eight bytes must be readable.
    for _ in 0..<8 { bytes.append(0) }
    bytes.withUnsafeBufferPointer { all in
      let trimmed = Bytes(rebasing: all[..<length]).trimmed
      builder.add(trimmed.baseAddress ?? all.baseAddress!, trimmed.count, row: row, context)
    }
    row += 1
  }

  private mutating func makeRoom() {
    if row < capacity { return }
    builder.grow()
    capacity = max(builder.codes.capacity, builder.values.capacity, capacity + 256)
  }

  mutating func finish(name: String, _ notices: inout [Notice]) -> Column {
    builder.finish(name: name, rows: row, isUnnamedFirst: false, kind: nil, context, &notices)
  }
}
