import Chainrule
import ChainruleFormats
import Foundation
import Fuzzing
import Testing

/// Damaged tensor files and models give a value that can be written again, or a one-line error, never a trap.
struct FormatFuzzTests {
  private static let pieces = [
    "{", "}", "[", "]", ":", ",", "\"", "\\u0061", "null", "true", "1e400", "-1", "0", "99999999999999999999", "4", "8",
    "\"F32\"", "\"F16\"", "\"BF16\"", "\"F64\"", "\"I64\"", "\"BOOL\"", "\"shape\":[]", "\"__metadata__\"", " ", "é",
    "\u{0}",
  ]

  @Test("100,000 damaged headers, with corrected lengths")
  func headers() {
    let examples = [
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      #"{"__metadata__":{"x":"1"},"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[2,1],"data_offsets":[8,12]}}"#,
      #"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[0],"data_offsets":[8,8]}}"#,
    ]
    var mutator = Mutator(examples: examples, pieces: Self.pieces, seed: 13)
    var accepted = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(100_000) {
      let header = mutator.next()
      var bytes = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header
      for _ in 0..<[4, 8, 12].randomElement(using: &mutator.random)! {
        bytes.append(UInt8(mutator.random.index(below: 256)))
      }
      Self.read(bytes, &accepted, &refused)
    }
    #expect(accepted > 100 && refused > 10_000, "\(accepted) accepted, \(refused) refused")
  }

  @Test("100,000 damaged files")
  func files() {
    let file = TensorFile(
      name: "m",
      tensors: [
        Tensor(name: "layers.0.weight", shape: [2, 3], values: [1, -2, 3.5, 0, .pi, -1e-20]),
        Tensor(name: "empty", shape: [0, 4], values: []), Tensor(name: "scalar", shape: [], values: [7]),
      ], metadata: ["a \"quoted\" name": "é:{}\\", "b": ""])
    var mutator = Mutator(
      examples: [Array(file.encoded())], pieces: Self.pieces.map { Array($0.utf8) } + [[0], [255], [0x7f, 0x80]],
      seed: 14)
    var accepted = 0
    var refused = 0
    for _ in 0..<Fuzzing.count(100_000) { Self.read(mutator.next(), &accepted, &refused) }
    #expect(accepted > 500 && refused > 10_000, "\(accepted) accepted, \(refused) refused")
  }

  private static func read(_ bytes: [UInt8], _ accepted: inout Int, _ refused: inout Int) {
    do throws(TensorFileError) {
      let file = try TensorFile(Data(bytes), name: "f")
      accepted += 1
      if file.tensors.count > bytes.count { Issue.record("\(bytes)") }
    } catch {
      refused += 1
      if refused % 16 == 0 && error.description.contains("\n") { Issue.record("\(bytes): \(error)") }
    }
  }

  @Test("20,000 models with damaged metadata: any that can be read can predict, and survives writing")
  func models() throws {
    let good = ModelFileTests.classifier.tensorFile(name: "m")
    let names = good.metadata.keys.sorted()
    var mutators = names.map { name in
      Mutator(examples: [good.metadata[name]!], pieces: Self.pieces + ["number", "oneHot", "NaN", "softmax"], seed: 15)
    }
    var accepted = 0
    var refused = 0
    for round in 0..<Fuzzing.count(20_000) {
      var metadata = good.metadata
      let index = round % names.count
      metadata[names[index]] = String(decoding: mutators[index].next(), as: UTF8.self)
      let file = TensorFile(name: "m", tensors: good.tensors, metadata: metadata)
      do throws(TensorFileError) {
        let model = try TabularModel(file)
        accepted += 1
        let again = try TabularModel(TensorFile(model.tensorFile(name: "m").encoded(), name: "m"))
        if again.network.fingerprint != model.network.fingerprint || again.encoding != model.encoding {
          Issue.record("\(names[index]): \(metadata[names[index]] ?? "")")
        }
        let prediction = try? model.predict(["ok": "yes", "island": "a,b"])
        if let prediction, "\(prediction)".isEmpty { Issue.record("\(metadata)") }
      } catch {
        refused += 1
        if error.description.contains("\n") { Issue.record("\(error)") }
      }
    }
    #expect(accepted > 100 && refused > 5_000, "\(accepted) accepted, \(refused) refused")
  }
}
