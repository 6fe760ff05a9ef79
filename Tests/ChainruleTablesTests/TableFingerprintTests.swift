import Foundation
import TableFingerprints
import Testing

/// Tables give the same bits on every machine: their cells, and a network's inputs. The browser tests check that
/// WebAssembly gives the same numbers.
struct TableFingerprintTests {
  private struct Vectors: Decodable {
    struct File: Decodable {
      let path: String
      /// The position of the column to predict.
      let target: Int
      let table: String
      let encoding: String
    }

    let tables: [String]
    let encodings: [String]
    let files: [File]
  }

  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private let expected: Vectors

  init() throws {
    let data = try Data(contentsOf: root.appendingPathComponent("Tests/Vectors/fingerprints.json"))
    expected = try JSONDecoder().decode(Vectors.self, from: data)
  }

  @Test func tables() {
    let tables = (0..<TableFingerprints.count).map { String(TableFingerprints.table($0), radix: 16) }
    let encodings = (0..<TableFingerprints.count).map { String(TableFingerprints.encoding($0), radix: 16) }
    #expect(tables == expected.tables && encodings == expected.encodings)
    #expect(Set(tables + encodings).count == 2 * TableFingerprints.count && !(tables + encodings).contains("0"))
  }

  @Test func files() throws {
    for file in expected.files {
      try Data(contentsOf: root.appendingPathComponent(file.path)).withUnsafeBytes { bytes in
        #expect(String(TableFingerprints.table(of: bytes), radix: 16) == file.table)
        #expect(String(TableFingerprints.encoding(of: bytes, target: file.target), radix: 16) == file.encoding)
      }
    }
  }
}
