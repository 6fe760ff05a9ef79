// Tables made in memory. Cells are stored as if they had been read, so that a model doesn't see a difference.
extension Table {
  /// Columns of cells, each written as a file would: `nil`, an empty text or a word such as “NA” is a missing value.
  ///
  /// - Throws: ``TableError`` if columns differ in length, or two have the same name.
  public init(columns: [(name: String, cells: [String?])], name: String = "table") throws(TableError) {
    throw TableError(.empty, table: name)
  }

  /// Columns of numbers; one that isn't finite is a missing value.
  ///
  /// - Throws: ``TableError`` if columns differ in length, or two have the same name.
  public init(columns: [(name: String, numbers: [Double])], name: String = "table") throws(TableError) {
    throw TableError(.empty, table: name)
  }

  /// Some of the rows, in the order given; a row may be taken more than once.
  public func rows(_ rows: [Int]) -> Table { self }
}

#if !hasFeature(Embedded)
  extension Table {
    /// Columns of cells by name; the columns are sorted by their names.
    ///
    /// - Throws: ``TableError`` if columns differ in length.
    public init(_ columns: [String: [Cell]], name: String = "table") throws(TableError) {
      throw TableError(.empty, table: name)
    }

    /// Rows of cells by name. A cell that a row lacks is missing; the columns are sorted by their names.
    ///
    /// - Throws: ``TableError`` if there is no row.
    public init(rows: [[String: Cell]], name: String = "table") throws(TableError) {
      throw TableError(.empty, table: name)
    }

    /// Rows that encode themselves with names: structures of numbers, texts, truth values and optionals of them.
    ///
    /// - Throws: ``TableError`` if there is no row, or one holds anything else.
    public init(rows: some Sequence<some Encodable>, name: String = "table") throws(TableError) {
      throw TableError(.empty, table: name)
    }
  }
#endif
