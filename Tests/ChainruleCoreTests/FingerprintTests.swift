import EngineFingerprints
import Testing

/// Trainings that cover the whole engine give the same bits on every machine. The browser tests check that WebAssembly
/// gives the same numbers.
struct FingerprintTests {
  private struct Vectors: Decodable {
    let engine: [String]
  }

  @Test func engine() throws {
    let expected = try vectors("fingerprints", as: Vectors.self).engine
    let found = (0..<EngineFingerprints.count).map { String(EngineFingerprints.fingerprint($0), radix: 16) }
    #expect(found == expected)
    #expect(Set(found).count == found.count && !found.contains("0"))
  }
}
