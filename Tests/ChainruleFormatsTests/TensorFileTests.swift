import Chainrule
import ChainruleFormats
import Foundation
import Testing

/// A file with this header and these bytes after it.
private func bytes(_ header: String, _ body: [UInt8] = []) -> Data {
  var data = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
  data.append(contentsOf: header.utf8)
  data.append(contentsOf: body)
  return data
}

private func entry(_ dtype: String = "F32", _ shape: String = "[1]", _ offsets: String = "[0,4]") -> String {
  #"{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
}

private func problem(_ data: Data) -> TensorFileError.Problem? {
  do {
    _ = try TensorFile(data, name: "m")
    return nil
  } catch {
    return error.problem
  }
}

@Suite struct TensorFileTests {
  private let file = TensorFile(
    name: "m",
    tensors: [
      Tensor(name: "layers.0.weight", shape: [2, 3], values: [1, -2, 3.5, 0, .pi, -1e-20]),
      Tensor(name: "empty", shape: [0, 4], values: []),
      Tensor(name: "scalar", shape: [], values: [7]),
    ],
    metadata: ["a \"quoted\" name": "é:{}\\", "b": ""])

  @Test func whatIsWrittenIsReadBack() throws {
    let data = file.encoded()
    #expect(try TensorFile(data, name: "m") == file)
    #expect(data == file.encoded())
    // The lowest byte of the header's length: the numbers start at a multiple of 8.
    #expect(data[0] % 8 == 0)
  }

  @Test func everyTruncationIsNoticed() {
    let data = file.encoded()
    for count in 0..<data.count { #expect(problem(data.prefix(count)) != nil, "cut to \(count) bytes") }
  }

  @Test func randomDamageNeverTraps() {
    let data = file.encoded()
    var random = RandomSource(seed: 7)
    for _ in 0..<2_000 {
      var damaged = data
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      // Some damage only changes a number: what counts is that an answer comes back.
      if let read = try? TensorFile(damaged, name: "m") { #expect(read.tensors.count <= 3) }
    }
  }

  @Test(arguments: [
    (Data(), TensorFileError.Problem.tooShort(bytes: 0)),
    (Data([1, 2, 3]), .tooShort(bytes: 3)),
    (Data([255, 255, 255, 255, 255, 255, 255, 255]), .badHeaderLength(.max)),
    (Data(count: 4_096), .badHeaderLength(0)),
    (Data([9, 0, 0, 0, 0, 0, 0, 0, 123]), .headerTooLong(9, available: 1)),
    (bytes("[1]"), .badHeader),
    (bytes("{\"a\":"), .badHeader),
    (bytes(""), .badHeaderLength(0)),
    (bytes("  "), .badHeader),
    (bytes(#"{"a":{"dtype":"F32"}}"#), .badHeader),
    (bytes(#"{"a":\#(entry("F32", "[1.5]"))}"#, [0, 0, 0, 0]), .badHeader),
    (bytes(#"{"__metadata__":{"a":1}}"#), .badHeader),
    (bytes(#"{"a":\#(entry()),"a":\#(entry())}"#, [0, 0, 0, 0]), .duplicateName("a")),
    (bytes(#"{"a":\#(entry()),"\u0061":\#(entry())}"#, [0, 0, 0, 0]), .duplicateName("a")),
    (bytes(#"{"__metadata__":{"x":"1","x":"2"}}"#), .duplicateName("x")),
    (
      bytes(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"dtype":"F32"}}"#, [0, 0, 0, 0]),
      .duplicateName("dtype")
    ),
    (bytes(#"{"a":\#(entry("I64"))}"#, [0, 0, 0, 0]), .unknownFormat("I64")),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[0,4,8]"))}"#, [0, 0, 0, 0]), .badOffsets([0, 4, 8])),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[4,0]"))}"#, [0, 0, 0, 0]), .badOffsets([4, 0])),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[-4,0]"))}"#, [0, 0, 0, 0]), .badOffsets([-4, 0])),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[4,8]"))}"#, [0, 0, 0, 0, 0, 0, 0, 0]), .badOffsets([4, 8])),
    (bytes(#"{"a":\#(entry()),"b":\#(entry())}"#, [0, 0, 0, 0]), .badOffsets([0, 4])),
    (bytes(#"{"a":\#(entry())}"#, [0, 0]), .truncated(needed: 4, found: 2)),
    (bytes(#"{"a":\#(entry())}"#, [0, 0, 0, 0, 0]), .trailingBytes(1)),
    (bytes(#"{"a":\#(entry("F32", "[2]"))}"#, [0, 0, 0, 0]), .wrongSize(shape: [2], bytes: 4)),
    (bytes(#"{"a":\#(entry("F32", "[-1]"))}"#, [0, 0, 0, 0]), .wrongSize(shape: [-1], bytes: 4)),
    (
      bytes(#"{"a":\#(entry("F32", "[4611686018427387904,4]"))}"#, [0, 0, 0, 0]),
      .wrongSize(shape: [4_611_686_018_427_387_904, 4], bytes: 4)
    ),
  ])
  func mistakes(_ data: Data, _ expected: TensorFileError.Problem) {
    #expect(problem(data) == expected)
  }

  @Test func otherFormatsBecomeFloat() throws {
    func read(_ dtype: String, _ body: [UInt8], count: Int) throws -> [Float] {
      let header = #"{"a":\#(entry(dtype, "[\(count)]", "[0,\(body.count)]"))}"#
      return try TensorFile(bytes(header, body), name: "m").tensors[0].values
    }
    // 1, −2, 65504 (the largest), 2⁻²⁴ (the smallest), −0, ∞ in half precision.
    #expect(
      try read("F16", [0, 0x3C, 0, 0xC0, 0xFF, 0x7B, 1, 0, 0, 0x80, 0, 0x7C], count: 6)
        == [1, -2, 65504, 0x1p-24, 0, .infinity])
    #expect(try read("F16", [1, 0x7C], count: 1)[0].isNaN)
    #expect(try read("BF16", [0x80, 0x3F, 0x49, 0xC0], count: 2) == [1, -3.140625])
    #expect(try read("F64", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], count: 1) == [1.5])
    #expect(try read("F64", [0, 0, 0, 0, 0, 0, 0xF0, 0x7F], count: 1) == [.infinity])
  }

  @Test func aDoubleThatNoFloatHoldsIsSaidToBeOne() {
    let large = withUnsafeBytes(of: (1e39).bitPattern.littleEndian) { [UInt8]($0) }
    #expect(problem(bytes(#"{"a":\#(entry("F64", "[1]", "[0,8]"))}"#, large)) == .tooLarge(1e39))
  }

  @Test func namesMayRepeatInDifferentObjectsAndMetadataMayBeNull() throws {
    let header = #"{"__metadata__":null,"dtype":\#(entry()),"a:\\":\#(entry("F32", "[1]", "[4,8]"))}"#
    let read = try TensorFile(bytes(header, [UInt8](repeating: 0, count: 8)), name: "m")
    #expect(read.tensors.map(\.name) == ["dtype", #"a:\"#] && read.metadata.isEmpty)
  }

  @Test("a file that never ends, or a huge one of zeros, is refused by its first bytes")
  func endlessFiles() throws {
    let zeros = #expect(throws: TensorFileError.self) { try TensorFile(contentsOf: "/dev/zero") }
    #expect(zeros?.problem == .badHeaderLength(0))
    let folder = try TemporaryFolder()
    let path = folder.file("sparse")
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    #expect(truncate(path, 50 << 30) == 0)
    let sparse = #expect(throws: TensorFileError.self) { try TensorFile(contentsOf: path) }
    #expect(sparse?.problem == .badHeaderLength(0))
  }

  @Test("a good beginning does not make a huge file worth reading")
  func trailingSparseBytes() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("long")
    let data = file.encoded()
    try data.write(to: URL(filePath: path))
    #expect(try TensorFile(contentsOf: path).tensors == file.tensors)
    #expect(truncate(path, 50 << 30) == 0)
    let long = #expect(throws: TensorFileError.self) { try TensorFile(contentsOf: path) }
    #expect(long?.problem == .trailingBytes(50 << 30 - data.count))
    #expect(truncate(path, off_t(data.count - 1)) == 0)
    #expect(throws: TensorFileError.self) { try TensorFile(contentsOf: path) }
    let missing = #expect(throws: TensorFileError.self) { try TensorFile(contentsOf: folder.file("no")) }
    #expect(missing?.problem == .unreadable(reason: "no such file", isMissing: true))
    #expect(throws: TensorFileError.self) { try TensorFile(contentsOf: folder.path) }
  }

  @Test func aTensorIsAskedForByNameAndShape() throws {
    #expect(try file.tensor("layers.0.weight", shape: [2, 3]).values[1] == -2)
    let shape = #expect(throws: TensorFileError.self) { try file.tensor("layers.0.weight", shape: [3, 2]) }
    #expect(shape?.description.contains("its shape is (2, 3), but the schema needs (3, 2)") == true)
    let name = #expect(throws: TensorFileError.self) { try file.tensor("layers.1.weight", shape: [3, 2]) }
    #expect(name?.problem == .missingTensor(known: ["layers.0.weight", "empty", "scalar"]))
    let infinite = TensorFile(name: "m", tensors: [Tensor(name: "a", shape: [1], values: [.infinity])])
    #expect(throws: TensorFileError.self) { try infinite.tensor("a", shape: [1]) }
  }
}
