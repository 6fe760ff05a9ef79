import ChainruleTables

/// Tables that together cover the whole reader and encoding. They're compiled natively and for WebAssembly, and both
/// must give the same bits.
public enum TableFingerprints {
  /// The number of tables.
  public static var count: Int { TableCase.all.count }

  /// The fingerprint of a table's names and cells; 0 if it can't be read.
  public static func table(_ index: Int) -> UInt64 {
    let bytes = TableCase.all[index]().bytes
    return bytes.withUnsafeBytes { table(of: $0) }
  }

  /// The fingerprint of a table's inputs and targets; 0 if it can't be encoded.
  public static func encoding(_ index: Int) -> UInt64 {
    let example = TableCase.all[index]()
    return example.bytes.withUnsafeBytes { encoding(of: $0, target: example.target) }
  }

  /// The fingerprint of the table in the bytes of a file; 0 if it can't be read.
  public static func table(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    do throws(TableError) {
      return fingerprint(try read(bytes))
    } catch {
      return 0
    }
  }

  /// The fingerprint of the samples of the table in a file's bytes, with an encoding learned from two thirds of its
  /// rows; 0 if that fails.
  public static func encoding(of bytes: UnsafeRawBufferPointer, target: Int) -> UInt64 {
    do throws(TableError) {
      let table = try read(bytes)
      let trainingRows = (0..<table.rowCount).filter { $0 % 3 != 1 }
      let encoding = try TableEncoding.fit(
        table, targets: [table.columns[target].name], trainingRows: trainingRows)
      return try fingerprint(encoding, of: table)
    } catch {
      return 0
    }
  }

  /// In parts that can end anywhere.
  private static func read(_ bytes: UnsafeRawBufferPointer) throws(TableError) -> Table {
    var reader = TableReader(name: "table")
    var rest = bytes
    while !rest.isEmpty {
      let count = min(997, rest.count)
      try reader.read(UnsafeRawBufferPointer(rebasing: rest[..<count]))
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return try reader.finish()
  }

  private static func fingerprint(_ table: Table) -> UInt64 {
    var hash = Fingerprint()
    hash.add(UInt64(table.rowCount))
    hash.add(UInt64(table.notices.count))
    for column in table.columns {
      hash.add(column.name)
      hash.add(UInt64(column.missingCount))
      hash.add(UInt64(column.numberCount))
      hash.add(UInt64(column.dateCount))
      for row in 0..<table.rowCount {
        hash.add(column.number(at: row))
        hash.add(column.seconds(at: row))
        hash.add(UInt64(bitPattern: Int64(column.code(at: row) ?? -1)))
        hash.add(column.text(at: row) ?? "")
      }
    }
    return hash.value
  }

  private static func fingerprint(_ encoding: TableEncoding, of table: Table) throws(TableError) -> UInt64 {
    var hash = Fingerprint()
    for input in encoding.inputs { hash.add(input.name) }
    for value in try encoding.inputs(from: table) { hash.add(UInt64(value.bitPattern)) }
    let targets = try encoding.targets(from: table)
    for row in targets.rows { hash.add(UInt64(row)) }
    for value in targets.values { hash.add(UInt64(value.bitPattern)) }
    return hash.value
  }
}

/// FNV-1a.
private struct Fingerprint {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ number: UInt64) {
    for shift in 0..<8 { value = (value ^ number >> UInt64(shift * 8) & 0xff) &* 0x100_0000_01b3 }
  }

  /// All NaNs are the same.
  mutating func add(_ number: Double) { add(number.isNaN ? 1 : number.bitPattern) }

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(UInt64(0x100))
  }
}
