#if !hasFeature(Embedded)
  extension Table {
    /// A table of columns by name, sorted by their names.
    ///
    /// ```swift
    /// let table = try Table(["width": [2.5, 0.5], "kind": ["oak", nil]])
    /// ```
    ///
    /// - Throws: ``TableError`` if columns differ in length.
    public init(_ columns: [String: [Cell]], name: String = "table") throws(TableError) {
      try self.init(columns: columns.sorted { $0.key < $1.key }.map { (name: $0.key, cells: $0.value) }, name: name)
    }

    /// A table of rows of cells by name. If a row lacks a cell, it's missing. The columns are sorted by their names.
    ///
    /// - Throws: ``TableError`` if a name is empty.
    public init(rows: [[String: Cell]], name: String = "table") throws(TableError) {
      var columns: [String: [Cell]] = [:]
      for (index, row) in rows.enumerated() {
        for (key, cell) in row {
          columns[key, default: [Cell](repeating: .missing, count: rows.count)][index] = cell
        }
      }
      try self.init(columns, name: name)
    }

    /// A table of encodable rows: structures of numbers, texts, Booleans and optionals of them. The columns are in the
    /// order of the properties.
    ///
    /// ```swift
    /// struct Tree: Encodable { var height: Double; var kind: String? }
    /// let table = try Table(rows: [Tree(height: 12, kind: "oak"), Tree(height: 3, kind: nil)])
    /// ```
    ///
    /// - Throws: ``TableError`` if a row holds anything else.
    public init<Row: Encodable>(rows: [Row], name: String = "table") throws(TableError) {
      var names: [String] = []
      var positions: [String: Int] = [:]
      var columns: [[Cell]] = []
      for (index, row) in rows.enumerated() {
        let cells = try RowEncoder.cells(of: row, row: index, table: name)
        for (key, cell) in cells {
          let position: Int
          if let known = positions[key] {
            position = known
          } else {
            position = names.count
            positions[key] = position
            names.append(key)
            columns.append([Cell](repeating: .missing, count: rows.count))
          }
          columns[position][index] = cell
        }
      }
      try self.init(columns: zip(names, columns).map { (name: $0, cells: $1) }, name: name)
    }
  }
#endif
