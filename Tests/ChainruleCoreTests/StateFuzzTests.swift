import ChainruleCore
import Foundation
import Fuzzing
import Testing

/// A damaged state of a run doesn't decode, is refused, or continues training. It never traps, and a refused state
/// never changes the run.
struct StateFuzzTests {
  @Test("6,000 damaged states", arguments: ["adam", "lbfgs", "radam"])
  func states(optimizer: String) throws {
    let optimizer = try #require(Optimizer(name: optimizer))
    let schedule: Schedule =
      optimizer.method == Optimizer.lbfgs().method ? .constant : .reduceOnPlateau(factor: 0.5, patience: 1)
    var run = try TrainingRunTests.run(optimizer, schedule: schedule)
    for _ in 0..<2 { try run.nextEpoch() }
    let encoder = JSONEncoder()
    // Otherwise, keys would be in a different order in each process.
    encoder.outputFormatting = .sortedKeys
    let good = [UInt8](try encoder.encode(run.state))
    var mutator = Mutator(examples: [good], pieces: Self.numbers + Self.pieces, seed: 16)
    var decoded = 0
    var restored = 0
    for round in 0..<Fuzzing.count(2_000) {
      // Most damaged states aren't JSON any more, so in every other state only one number is changed.
      let bytes = round % 2 == 0 ? mutator.next() : Self.withAnotherNumber(good, &mutator.random)
      guard let state = try? JSONDecoder().decode(TrainingRun.State.self, from: Data(bytes)) else { continue }
      decoded += 1
      let before = run.state
      var copy = run.copy()
      do throws(TrainingError) {
        try copy.restore(state)
      } catch {
        if copy.state != before { Issue.record("a refused state changed the run") }
        continue
      }
      restored += 1
      let schema = copy.network.schema
      let dense = schema.layers.indices.filter { schema.layers[$0].kind == .dense }
      // Damaged numbers can be too large for training; then a step throws.
      for _ in 0..<8 { if (try? copy.nextStep()) == nil { break } }
      let isFinite = dense.allSatisfy { copy.network.weights(ofLayer: $0).allSatisfy(\.isFinite) }
      if copy.network.schema != schema || !isFinite { Issue.record("a damaged state broke the run") }
    }
    #expect(decoded > 100 && restored > 20, "\(decoded) decoded, \(restored) restored")
  }

  private static let numbers = [
    "-1", "0", "1", "9223372036854775807", "-9223372036854775808", "1e38", "-1e38", "1e308", "4294967295",
    "281474976710656",
  ].map { Array($0.utf8) }
  private static let pieces = ["null", "true", "[]", "{}", ",", "]", "[", "\"", "[2, 8 tanh, 1]"].map { Array($0.utf8) }

  /// The same JSON with one of its numbers replaced.
  private static func withAnotherNumber(_ json: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    func isNumeric(_ byte: UInt8) -> Bool { "-+.eE0123456789".utf8.contains(byte) }
    let start = random.index(below: json.count)
    guard let first = json[start...].firstIndex(where: { $0 == UInt8(ascii: "-") || $0 >= 48 && $0 <= 57 }) else {
      return json
    }
    let end = json[first...].firstIndex { !isNumeric($0) } ?? json.count
    return Array(json[..<first]) + numbers[random.index(below: numbers.count)] + Array(json[end...])
  }
}
