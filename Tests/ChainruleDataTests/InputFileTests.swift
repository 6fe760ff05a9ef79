import ChainruleData
import ChainruleTables
import Foundation
import Testing

struct InputFileTests {
  /// “a,b” and “1,2” in one member, “3,4” in another, as Python's `gzip.compress(…, mtime=0)` makes them.
  private static let first: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0xd4, 0x49, 0xe2, 0x32, 0xd4, 0x31, 0xe2,
    0x02, 0x00, 0x7b, 0x07, 0x97, 0x0a, 0x08, 0x00, 0x00, 0x00,
  ]
  private static let second: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0xd6, 0x31, 0xe1, 0x02, 0x00, 0x3e, 0x2d,
    0x72, 0xa9, 0x04, 0x00, 0x00, 0x00,
  ]

  /// A file that's removed afterwards.
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "chainrule-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func damagedPackedFiles() throws {
    try withFile(Array(Self.first.dropLast(4))) { path in
      let error = #expect(throws: InputFileError.self) { try InputFile.read(path) }
      #expect(error?.description == "\(path): the gzip data ends too early: the file is truncated; fetch it again")
    }
    var broken = Self.first
    broken[broken.count - 6] ^= 0xff
    try withFile(broken) { path in
      let error = #expect(throws: InputFileError.self) { try InputFile.read(path) }
      #expect(error?.reason == "the gzip data is damaged; fetch or pack it again")
      let inTable = #expect(throws: TableError.self) { try Table(contentsOf: path) }
      #expect(inTable?.description == "\(path): the gzip data is damaged; fetch or pack it again")
    }
    try withFile([0x1f, 0x8b]) { path in #expect(throws: InputFileError.self) { try InputFile.read(path) } }
  }

  @Test func packedFilesAreUnpacked() throws {
    // A second member, and padding as on tapes.
    try withFile(Self.first + Self.second + [0, 0, 0]) { path in
      #expect(try InputFile.read(path) == Data("a,b\n1,2\n3,4\n".utf8))
      let table = try Table(contentsOf: path)
      #expect(table.rowCount == 2 && table.name == path)
    }
  }

  @Test func endlessAndHugeFilesEnd() throws {
    let zeros = #expect(throws: InputFileError.self) { try InputFile.read("/dev/zero", limit: 4 << 20) }
    #expect(zeros?.description == "/dev/zero: is larger than 4 MiB, the most that is read")
    let table = #expect(throws: TableError.self) { try Table(contentsOf: "/dev/zero") }
    #expect(table?.problem == .notText(byte: 0))
    // A sparse file of 50 GB.
    try withFile([]) { path in
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 50_000_000_000)
      try handle.close()
      #expect(throws: InputFileError.self) { try InputFile.read(path, limit: 1 << 20) }
      #expect(throws: TableError.self) { try Table(contentsOf: path) }
    }
  }

  @Test func whatIsNoFile() {
    let missing = #expect(throws: TableError.self) { try Table(contentsOf: "/nowhere/t.csv") }
    #expect(missing?.problem == .unreadable(reason: "no such file", isMissing: true))
    let folder = #expect(throws: InputFileError.self) { try InputFile.read("/tmp") }
    #expect(folder?.description == "/tmp: is a folder, expected a file")
  }

  @Test func shortFilesAndProgress() throws {
    for bytes in [[], [0x61]] as [[UInt8]] {
      try withFile(bytes) { path in
        let read = try InputFile.read(path)
        #expect(read == Data(bytes))
      }
    }
    let text = "a,b\n" + String(repeating: "1,2.5\n", count: 100_000)
    try withFile(Array(text.utf8)) { path in
      var steps: [ReadingProgress] = []
      let table = try Table(contentsOf: path) { steps.append($0) }
      #expect(table.rowCount == 100_000)
      #expect(steps.count > 1 && steps.last?.bytesRead == text.utf8.count && steps.last?.fileSize == text.utf8.count)
    }
  }

  @Test func packedIDXFiles() throws {
    // Three bytes as labels, with no compression: a stored block.
    let idx: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]
    try withFile(Self.stored(idx)) { path in
      let labels = try IDXFile(contentsOf: path)
      #expect(labels.values == [7, 8, 9])
    }
  }

  /// gzip without compression (RFC 1952 and RFC 1951), with its check sum.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
    func little(_ number: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(number >> (8 * UInt32($0)) & 0xff) }
    }
    let length = UInt32(bytes.count)
    return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1] + little(length, 2) + little(~length & 0xffff, 2) + bytes
      + little(~crc, 4) + little(length, 4)
  }
}
