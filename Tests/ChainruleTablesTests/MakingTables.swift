import ChainruleTables

/// A table of columns with cells as in a file.
func table(_ columns: KeyValuePairs<String, [String?]>) throws -> Table {
  try Table(columns: columns.map { (name: $0.key, cells: $0.value) }, name: "t.csv")
}

/// The cells, repeated up to `count` in all.
func repeated(_ cells: [String?], _ count: Int) -> [String?] { (0..<count).map { cells[$0 % cells.count] } }

/// The rows of a matrix.
func rows(_ values: [Float], _ width: Int) -> [[Float]] {
  stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) }
}

/// A scaled number after the encoding's soft limit.
func limited(_ z: Double) -> Float { Float(z / (1 + z * z / 9).squareRoot()) }

/// The message of an error that a table causes; `nil` if it causes none.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch { return "\(error)" }
}
