import ChainruleCore
import ChainruleTables

/// A number that depends on every cell of a table, and on what is made of it for a network, for the tests: what is read
/// and encoded in WebAssembly is what is read and encoded natively.
public enum TableFingerprints {
  /// FNV-1a over the names, the cells' numbers, seconds and codes, and the levels' spellings; 0 if it's no table.
  public static func fingerprint(_ bytes: UnsafeRawBufferPointer, chunk: Int) -> UInt64 {
    var reader = TableReader(name: "t")
    do throws(TableError) {
      var rest = bytes
      while !rest.isEmpty {
        let count = min(chunk, rest.count)
        try reader.read(UnsafeRawBufferPointer(rebasing: rest[..<count]))
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return fingerprint(try reader.finish())
    } catch {
      return 0
    }
  }

  /// The fingerprint of a table.
  public static func fingerprint(_ table: Table) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ number: UInt64) {
      var rest = number
      for _ in 0..<8 {
        hash = (hash ^ rest & 0xff) &* 0x100_0000_01b3
        rest >>= 8
      }
    }
    func add(_ text: String) { for byte in text.utf8 { add(UInt64(byte)) } }
    add(UInt64(table.rowCount))
    for column in table.columns {
      add(column.name)
      for row in 0..<table.rowCount {
        let (number, seconds) = (column.number(at: row), column.seconds(at: row))
        add(number.isNaN ? 1 : number.bitPattern)
        add(seconds.isNaN ? 1 : seconds.bitPattern)
        add(UInt64(bitPattern: Int64(column.code(at: row) ?? -1)))
      }
      for level in column.levels ?? [] { add(level.text) }
    }
    // The inputs and targets, if the last column can be predicted from the others.
    guard let last = table.columns.last, let task = try? TableTask(table, targets: [last.name]) else { return hash }
    for part in [task.training, task.test] {
      guard let part else { continue }
      for value in part.inputs + part.targets { add(UInt64(value.bitPattern)) }
    }
    return hash
  }
}
