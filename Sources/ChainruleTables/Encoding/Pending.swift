import ChainruleCore
// Bodies follow.
extension ColumnKind {
  /// What a column holds, in all rows or some of them.
  ///
  /// - Parameter isFirst: whether it's the table's first column, where row numbers stand.
  public static func infer(_ column: Column, rows: [Int]? = nil, isFirst: Bool = false) -> ColumnKind { fatalError() }
}
extension TableEncoding {
  /// Learns from the training rows what the columns mean.
  public static func fit(
    _ table: Table, targets: [String], options: EncodingOptions = EncodingOptions(), trainingRows: [Int]? = nil
  ) throws(TableError) -> TableEncoding { fatalError() }
  /// The network's inputs for all rows of a table, or for some: (rows, ``inputCount``).
  public func inputs(from table: Table, rows: [Int]? = nil) throws(TableError) -> [Float] { fatalError() }
  #if !hasFeature(Embedded)
    /// The network's inputs for one row.
    public func inputs(from row: [String: Cell]) throws(TableError) -> [Float] { fatalError() }
  #endif
  /// What the network should give for the rows that have a target.
  public func targets(from table: Table, rows: [Int]? = nil) throws(TableError) -> EncodedTargets { fatalError() }
  /// The samples of a table that has targets; rows without one are left out.
  public func dataset(from table: Table, rows: [Int]? = nil) throws(TableError) -> Dataset { fatalError() }
  /// What the outputs for one row say.
  public func decode(_ outputs: ArraySlice<Float>) -> Prediction { fatalError() }
  /// What the outputs for one row say.
  public func decode(_ outputs: [Float]) -> Prediction { decode(outputs[...]) }
  /// What a person should know about a table that is encoded for prediction.
  public func notices(for table: Table, rows: [Int]? = nil) throws(TableError) -> [EncodingNotice] { fatalError() }
}
extension SchemaChoice {
  /// Reads a schema: whole (`4, 8 relu, 3 softmax`), or without counts (`64 relu, 64 relu`).
  public init(parsing text: String) throws(SchemaError) { fatalError() }
}
