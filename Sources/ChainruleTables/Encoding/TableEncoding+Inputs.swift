import ChainruleCore

extension TableEncoding {
  /// The network's inputs for all rows of a table, or for some: (rows, ``inputCount``).
  ///
  /// Columns are found by name, and other columns are ignored. Every input is finite: cells that can't be read count as
  /// missing, and ``notices(for:rows:)`` reports them.
  ///
  /// - Throws: ``TableError``, which names every column that is missing.
  public func inputs(from table: Table, rows: [Int]? = nil) throws(TableError) -> [Float] {
    if let rows { table.checkRows(rows) }
    let columns = try self.columns(of: table)
    var sources: [InputSource] = []
    for (index, column) in columns.enumerated() { sources.append(InputSource(inputs[index], column)) }
    let count = rows?.count ?? table.rowCount
    let width = inputCount
    return [Float](unsafeUninitializedCapacity: count * width) { buffer, initialized in
      guard count > 0, let start = buffer.baseAddress else { return }
      // A few rows at a time, so that their inputs are in cache while all columns write to them.
      var row = 0
      while row < count {
        let size = min(256, count - row)
        var offset = row * width
        for source in sources {
          source.write(row..<(row + size), of: rows, to: start + offset, stride: width)
          offset += source.width
        }
        row += size
      }
      initialized = count * width
    }
  }

  /// The table's columns for ``inputs``, in order.
  func columns(of table: Table) throws(TableError) -> [Column] {
    var columns: [Column] = []
    var bad: [BadColumn] = []
    let names = table.columns.map { $0.name }
    for input in inputs {
      guard let index = table.index(of: input.name) else {
        bad.append(
          BadColumn(name: input.name, problem: .unknown(nearest: ColumnName.nearest(to: input.name, among: names))))
        continue
      }
      let column = table.columns[index]
      if column.isDiscarded, needsTexts(input) {
        bad.append(
          BadColumn(name: input.name, problem: .textsNotKept(examples: column.examples.map { TextCount($0, 1) })))
      }
      columns.append(column)
    }
    if !bad.isEmpty { throw TableError(.encoding(.columns(bad, known: names)), table: table.name) }
    return columns
  }

  private func needsTexts(_ input: InputColumn) -> Bool {
    switch input.coding {
    case .number, .date: false
    case .sign, .oneHot: true
    }
  }
}

/// One column of a table, prepared for encoding.
private struct InputSource {
  private enum Kind {
    /// The inputs for each code; those of a missing cell come first.
    case codes([Int32], inputs: [Float])
    /// Only numbers.
    case numbers(NumberBlocks, NumberScaling, hasMissingInput: Bool)
    /// Anything else, cell by cell.
    case cells(Column)
  }

  private let kind: Kind
  private let coder: InputCoder
  /// The column's number of inputs.
  let width: Int

  init(_ input: InputColumn, _ column: Column) {
    let coder = InputCoder(input)
    let width = input.width
    self.coder = coder
    self.width = width
    switch column.storage {
    case .levels(let codes, let levels, let seconds):
      var inputs = [Float](repeating: 0, count: (levels.count + 1) * width)
      inputs.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        coder.write(.missing, to: start)
        for (code, level) in levels.enumerated() {
          let date = coder.seconds(of: level.text, as: column.dates, parsed: seconds.isEmpty ? .nan : seconds[code])
          coder.write(coder.meaning(of: level, seconds: date), to: start + (code + 1) * width)
        }
      }
      kind = .codes(codes, inputs: inputs)
    case .dense(let values, _):
      if case .number(let scaling) = input.coding, column.dates == nil {
        kind = .numbers(values, scaling, hasMissingInput: input.hasMissingInput)
      } else {
        kind = .cells(column)
      }
    case .discarded: kind = .cells(column)
    }
  }

  /// Writes the inputs of some rows, which are `stride` inputs apart.
  func write(_ range: Range<Int>, of rows: [Int]?, to target: UnsafeMutablePointer<Float>, stride: Int) {
    switch kind {
    case .codes(let codes, let inputs): write(codes, inputs, range, rows, target, stride)
    case .numbers(let values, let scaling, let hasMissingInput):
      write(values, scaling, hasMissingInput, range, rows, target, stride)
    case .cells(let column):
      for position in range {
        let meaning = coder.meaning(of: column, row: rows?[position] ?? position)
        coder.write(meaning, to: target + (position - range.lowerBound) * stride)
      }
    }
  }

  private func write(
    _ codes: [Int32], _ inputs: [Float], _ range: Range<Int>, _ rows: [Int]?, _ target: UnsafeMutablePointer<Float>,
    _ stride: Int
  ) {
    codes.withUnsafeBufferPointer { codes in
      inputs.withUnsafeBufferPointer { inputs in
        for position in range {
          let place = (Int(codes[rows?[position] ?? position]) + 1) * width
          let cell = target + (position - range.lowerBound) * stride
          for index in 0..<width { cell[index] = inputs[place + index] }
        }
      }
    }
  }

  private func write(
    _ values: NumberBlocks, _ scaling: NumberScaling, _ hasMissingInput: Bool, _ range: Range<Int>, _ rows: [Int]?,
    _ target: UnsafeMutablePointer<Float>, _ stride: Int
  ) {
    func scale(_ numbers: UnsafePointer<Double>) {
      scaling.apply(numbers, count: range.count, to: target, stride: stride)
      if hasMissingInput {
        for index in 0..<range.count { target[index * stride + 1] = numbers[index].isNaN ? 1 : 0 }
      }
    }
    guard let rows else { return values.withRun(range, scale) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { numbers in
      guard let first = numbers.baseAddress else { return }
      for position in range { (first + (position - range.lowerBound)).initialize(to: values[rows[position]]) }
      scale(first)
    }
  }
}

extension InputCoder {
  /// What a cell of a dense column means.
  func meaning(of dense: Column, row: Int) -> Meaning {
    guard case .dense(let values, _) = dense.storage else { return .unreadable }
    let value = values[row]
    if !value.isNaN && dense.dates == nil { return meaning(of: value) }
    if !value.isNaN, case .date = column.coding { return .value(value) }
    guard let text = dense.text(at: row) else { return .missing }
    return meaning(of: Level(text: text, number: .nan), seconds: .nan)
  }
}

#if !hasFeature(Embedded)
  extension TableEncoding {
    /// The network's inputs for one row, given its cells by column name.
    ///
    /// ```swift
    /// try encoding.inputs(from: ["island": "Biscoe", "bill_length_mm": 39.1, "sex": nil])
    /// ```
    ///
    /// - Throws: ``TableError``, which names every column that is missing. A cell that isn't known is `nil`.
    public func inputs(from row: [String: Cell]) throws(TableError) -> [Float] {
      var bad: [BadColumn] = []
      let known = row.keys.sorted()
      var result = [Float](repeating: 0, count: inputCount)
      result.withUnsafeMutableBufferPointer { buffer in
        guard var place = buffer.baseAddress else { return }
        for input in inputs {
          let coder = InputCoder(input)
          switch row[input.name] {
          case nil:
            bad.append(
              BadColumn(name: input.name, problem: .unknown(nearest: ColumnName.nearest(to: input.name, among: known))))
          case .missing: coder.write(.missing, to: place)
          case .number(let number): coder.write(coder.meaning(of: number), to: place)
          case .text(let text):
            let seconds = coder.seconds(of: text, as: nil, parsed: .nan)
            coder.write(coder.meaning(of: Level(text: text, number: .nan), seconds: seconds), to: place)
          }
          place += input.width
        }
      }
      if !bad.isEmpty { throw TableError(.encoding(.columns(bad, known: known)), table: "the row") }
      return result
    }
  }
#endif
