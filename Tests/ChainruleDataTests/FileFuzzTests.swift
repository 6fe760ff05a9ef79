import Chainrule
import ChainruleData
import ChainruleTables
import Foundation
import Fuzzing
import Testing

/// Damaged IDX and gzip files give numbers or a one-line error, never a trap.
struct FileFuzzTests {
  /// Two dimensions of each type of number, and labels.
  private static let examples: [[UInt8]] = [
    [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255], [0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1],
    [0, 0, 9, 1, 0, 0, 0, 2, 127, 128], [0, 0, 0xb, 1, 0, 0, 0, 2, 1, 0, 255, 254],
    [0, 0, 0xc, 1, 0, 0, 0, 1, 255, 255, 255, 255], [0, 0, 0xd, 1, 0, 0, 0, 1, 0xbf, 0xc0, 0, 0],
    [0, 0, 0xe, 1, 0, 0, 0, 1, 0x40, 4, 0, 0, 0, 0, 0, 0], [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 6],
  ]

  @Test("200,000 damaged IDX files")
  func idx() {
    let pieces: [[UInt8]] = [[0], [0, 0, 0, 1], [255, 255, 255, 255], [8], [0, 0, 8, 1], [0x7f, 0xf0]]
    var mutator = Mutator(examples: Self.examples, pieces: pieces, seed: 11)
    var accepted = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(200_000) {
      let bytes = mutator.next()
      do throws(IDXError) {
        let file = try IDXFile(Data(bytes), name: "f")
        accepted += 1
        if file.values.count != file.shape.reduce(1, *) { Issue.record("\(bytes)") }
        if let data = try? Dataset(images: file, labels: file, classCount: 10), data.count != file.count {
          Issue.record("\(bytes)")
        }
      } catch {
        refused += 1
        if refused % 16 == 0 && error.description.contains("\n") { Issue.record("\(bytes): \(error)") }
      }
    }
    #expect(accepted > 10_000 && refused > 10_000, "\(accepted) accepted, \(refused) refused")
  }

  @Test("3,000 damaged gzip files")
  func gzip() throws {
    // “a,b 1,2 3,4 ” compressed, and as a stored block.
    let packed: [UInt8] = [
      0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 75, 212, 73, 226, 50, 212, 49, 226, 50, 214, 49, 225, 2, 0, 229, 233, 214,
      206,
      12, 0, 0, 0,
    ]
    let text = Array("a,b\n1,2\n3,4\n".utf8)
    let stored: [UInt8] =
      [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 12, 0, 243, 255] + text + [229, 233, 214, 206, 12, 0, 0, 0]
    let path = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString).csv.gz").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    for good in [packed, stored] {
      try Data(good).write(to: URL(filePath: path))
      #expect(try InputFile.read(path) == Data(text))
    }
    var mutator = Mutator(
      examples: [packed, stored], pieces: [[0], [255], [0x1f, 0x8b, 8], packed, [0, 0, 255, 255]], seed: 12)
    var accepted = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(3_000) {
      let bytes = mutator.next()
      try Data(bytes).write(to: URL(filePath: path))
      do throws(InputFileError) {
        let read = try InputFile.read(path, limit: 1 << 20)
        accepted += 1
        if read.count > 1 << 20 { Issue.record("\(bytes)") }
      } catch {
        refused += 1
        if refused % 16 == 0 && error.description.contains("\n") { Issue.record("\(bytes): \(error)") }
      }
    }
    #expect(accepted > 100 && refused > 1_000, "\(accepted) accepted, \(refused) refused")
  }
}
