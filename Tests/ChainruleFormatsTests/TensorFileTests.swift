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
    // The lowest byte of the header's length. It makes the numbers start at a multiple of 8.
    #expect(data[0] % 8 == 0)
  }

  @Test(arguments: [(1, "found 1 byte after"), (2, "found 2 bytes after")])
  func `One byte too many isn't “1 bytes”`(count: Int, message: String) {
    let error = #expect(throws: TensorFileError.self) { try TensorFile(file.encoded() + Data(count: count), name: "m") }
    #expect(error?.description == "m: \(message) the last tensor")
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
      // Some damage only changes a number. It only matters that reading returns or throws.
      if let read = try? TensorFile(damaged, name: "m") { #expect(read.tensors.count <= 3) }
    }
  }

  @Test(arguments: [
    (Data(), TensorFileError.Problem.tooShort(bytes: 0)),
    (Data([1, 2, 3]), .tooShort(bytes: 3)),
    (Data([255, 255, 255, 255, 255, 255, 255, 255]), .badHeaderLength(.max)),
    (Data(count: 4_096), .badHeaderLength(0)),
    (Data([9, 0, 0, 0, 0, 0, 0, 0, 123]), .headerTooLong(9, available: 1)),
    (bytes("[1]"), .badHeader(byte: 0, expected: "“{”")),
    (bytes("{\"a\":"), .badHeader(byte: 5, expected: "“{”")),
    (bytes(""), .badHeaderLength(0)),
    (bytes("  "), .badHeader(byte: 2, expected: "“{”")),
    (bytes("{}x"), .badHeader(byte: 2, expected: "the end of the header")),
    (bytes(#"{"a":{"dtype":"F32"}}"#), .badHeader(byte: 20, expected: "dtype, shape and data_offsets of “a”")),
    (bytes(#"{"__metadata__":{"a":1}}"#), .badHeader(byte: 21, expected: "“\"”")),
    (bytes(#"{"__metadata__":null,"__metadata__":null}"#), .duplicateName("__metadata__")),
    (
      bytes(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"dtype":"F32"}}"#, [0, 0, 0, 0]),
      .duplicateName("dtype")
    ),
    // Then no tensor owns the bytes of the first one.
    (
      bytes(#"{"a":\#(entry()),"a":\#(entry("F32", "[1]", "[4,8]"))}"#, [UInt8](repeating: 0, count: 8)),
      .duplicateName("a")
    ),
    (bytes(#"{"a":\#(entry("F31"))}"#, [0, 0, 0, 0]), .unknownFormat("F31")),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[0,4,8]"))}"#, [0, 0, 0, 0]), .badOffsets([0, 4, 8])),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[4,0]"))}"#, [0, 0, 0, 0]), .badOffsets([4, 0])),
    (bytes(#"{"a":\#(entry("F32", "[1]", "[4,8]"))}"#, [0, 0, 0, 0, 0, 0, 0, 0]), .badOffsets([4, 8])),
    (bytes(#"{"a":\#(entry()),"b":\#(entry())}"#, [0, 0, 0, 0]), .badOffsets([0, 4])),
    (bytes(#"{"a":\#(entry())}"#, [0, 0]), .truncated(needed: 4, found: 2)),
    (bytes(#"{"a":\#(entry())}"#, [0, 0, 0, 0, 0]), .trailingBytes(1)),
    (bytes(#"{"a":\#(entry("F32", "[2]"))}"#, [0, 0, 0, 0]), .wrongSize(shape: [2], bytes: 4)),
    (bytes(#"{"a":\#(entry("F4", "[3]", "[0,2]"))}"#, [0, 0]), .wrongSize(shape: [3], bytes: 2)),
    (
      bytes(#"{"a":\#(entry("F32", "[4611686018427387904,4]"))}"#, [0, 0, 0, 0]),
      .wrongSize(shape: [4_611_686_018_427_387_904, 4], bytes: 4)
    ),
  ])
  func mistakes(_ data: Data, _ expected: TensorFileError.Problem) {
    #expect(problem(data) == expected)
  }

  @Test(
    "only whole numbers from 0 are sizes",
    arguments: ["1.0", "1e0", "-1", "-0", "01", "9223372036854775808", "null", "\"1\"", ""])
  func sizes(_ text: String) {
    let found = problem(bytes(#"{"a":\#(entry("F32", "[1,\(text)]"))}"#, [0, 0, 0, 0]))
    guard case .badHeader(_, let expected) = found else { return #expect(Bool(false), "\(String(describing: found))") }
    #expect(expected.hasPrefix("a whole number"))
  }

  @Test(
    "invalid JSON is refused",
    arguments: [
      #"{"a\ud800":1}"#, "{\"a\tb\":1}", #"{"\x":1}"#, #"{"__metadata__":{},}"#, #"{"__metadata__":{}"#, "{/**/}",
      #"{"a":{"x":01}}"#, #"{"a":{"x":NaN}}"#, #"{"a":{"x":1.}}"#, #"{"a":{"x":tru}}"#, #"{"a":{"x":"\u12"}}"#,
      "\u{FEFF}{}",
    ])
  func brokenJSON(_ header: String) {
    guard case .badHeader = problem(bytes(header)) else { return #expect(Bool(false), "\(header) was read") }
  }

  @Test func whatPythonReadsIsRead() throws {
    func read(_ header: String, _ count: Int) throws -> TensorFile {
      try TensorFile(bytes(header, [UInt8](repeating: 0, count: count)), name: "m")
    }
    #expect(try read("{}", 0).tensors.isEmpty)
    #expect(try read(" {} \n", 0).tensors.isEmpty)
    #expect(try read(#"{"a":\#(entry("F32", "[]"))}"#, 4)["a"]?.shape == [])
    #expect(try read(#"{"a":\#(entry("F32", "[0,9223372036854775807,9]", "[0,0]"))}"#, 0)["a"]?.values == [])
    // The same name twice: the second counts.
    #expect(try read(#"{"a":\#(entry()),"\u0061":\#(entry("I32"))}"#, 4)["a"]?.format == .int32)
    #expect(try read(#"{"__metadata__":{"x":"1","x":"2"}}"#, 0).metadata == ["x": "2"])
    // One scalar or two for the same accent make two names.
    let accents = try read(#"{"\u00e9":\#(entry()),"e\u0301":\#(entry("U16", "[2]", "[4,8]"))}"#, 8)
    #expect(accents["\u{E9}"]?.format == .float32 && accents["e\u{301}"]?.format == .uint16)
    #expect(try TensorFile(accents.encoded(), name: "m") == accents)
    // Extra fields, and fields without names.
    let more = #"{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":[{"y":-1.5e+3},null,[],{},"\u00e9\ud83d\ude00"]}"#
    #expect(try read(#"{"a":\#(more)}"#, 4)["a"]?.format == .uint8)
    #expect(try read(#"{"a":["BOOL",[2,2],[0,4]]}"#, 4)["a"]?.shape == [2, 2])
    let deep = String(repeating: "[", count: 125) + String(repeating: "]", count: 125)
    #expect(try read(#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":\#(deep)}}"#, 4)["a"] != nil)
    #expect(throws: TensorFileError.self) {
      try read(#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":[\#(deep)]}}"#, 4)
    }
  }

  @Test(arguments: NumberFormat.allCases) func everyFormatIsReadAndWritten(_ format: NumberFormat) throws {
    let body = (0..<format.bits).map { UInt8($0) }
    let header = #"{"a":\#(entry(format.rawValue, "[2,4]", "[0,\(body.count)]"))}"#
    let file = try TensorFile(bytes(header, body), name: "m")
    #expect(file["a"]?.format == format && file["a"]?.bytes == Data(body))
    #expect(try TensorFile(file.encoded(), name: "m") == file)
  }

  @Test func largerNumbersAreWrittenFirst() throws {
    let tensors = [
      Tensor(name: "byte", shape: [1], format: .uint8, bytes: Data([1])),
      Tensor(name: "double", shape: [], format: .float64, bytes: Data(count: 8)),
      Tensor(name: "float", shape: [1], values: [1]),
    ]
    let read = try TensorFile(TensorFile(name: "m", tensors: tensors).encoded(), name: "m")
    #expect(read.tensors == [tensors[1], tensors[2], tensors[0]])
  }

  private func floats(_ format: NumberFormat, _ body: [UInt8]) throws -> [Float] {
    try Tensor(name: "a", shape: [body.count * 8 / format.bits], format: format, bytes: Data(body)).values
  }

  @Test func otherFormatsBecomeFloat() throws {
    // 1, −2, 65504 (the largest), 2⁻²⁴ (the smallest), −0, ∞ in half precision.
    #expect(
      try floats(.float16, [0, 0x3C, 0, 0xC0, 0xFF, 0x7B, 1, 0, 0, 0x80, 0, 0x7C])
        == [1, -2, 65504, 0x1p-24, 0, .infinity])
    #expect(try floats(.float16, [1, 0x7C])[0].isNaN)
    #expect(try floats(.bfloat16, [0x80, 0x3F, 0x49, 0xC0]) == [1, -3.140625])
    #expect(try floats(.float64, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]) == [1.5])
    #expect(try floats(.float64, [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]) == [.infinity])
    #expect(try floats(.bool, [0, 1, 2]) == [0, 1, 1])
    #expect(try floats(.int8, [0xFF, 0x80, 0x7F]) == [-1, -128, 127])
    #expect(try floats(.uint8, [0xFF]) == [255])
    #expect(try floats(.int16, [0xFE, 0xFF]) == [-2])
    #expect(try floats(.uint16, [0xFE, 0xFF]) == [65534])
    #expect(try floats(.int32, [0, 0, 0, 0x80]) == [-0x1p31])
    #expect(try floats(.uint32, [0, 0, 0, 0x80]) == [0x1p31])
    #expect(try floats(.int64, [5, 0, 0, 0, 0, 0, 0, 0]) == [5])
    #expect(try floats(.uint64, [0, 0, 0, 0, 0, 0, 0, 0x80]) == [0x1p63])
  }

  /// What `tensor.view(dtype).float()` gives in PyTorch 2.15.
  @Test func numbersOfEightBitsBecomeWhatPyTorchMakesOfThem() throws {
    let body: [UInt8] = [0x00, 0x01, 0x07, 0x08, 0x38, 0x39, 0x7B, 0x7E, 0x81, 0xB8, 0xFB, 0xFE]
    let expected: [(NumberFormat, [Float])] = [
      (
        NumberFormat.float8E4M3,
        [0.0, 0.001953125, 0.013671875, 0.015625, 1.0, 1.125, 352.0, 448.0, -0.001953125, -1.0, -352.0, -448.0]
      ),
      (
        NumberFormat.float8E5M2,
        [
          0.0, 1.52587890625e-05, 0.0001068115234375, 0.0001220703125, 0.5, 0.625, 57344.0, .nan, -1.52587890625e-05,
          -0.5, -57344.0, .nan,
        ]
      ),
      (
        NumberFormat.float8E4M3FNUZ,
        [0.0, 0.0009765625, 0.0068359375, 0.0078125, 0.5, 0.5625, 176.0, 224.0, -0.0009765625, -0.5, -176.0, -224.0]
      ),
      (
        NumberFormat.float8E5M2FNUZ,
        [
          0.0, 7.62939453125e-06, 5.340576171875e-05, 6.103515625e-05, 0.25, 0.3125, 28672.0, 49152.0,
          -7.62939453125e-06, -0.25, -28672.0, -49152.0,
        ]
      ),
      (
        NumberFormat.float8E8M0,
        [0x1p-127, 0x1p-126, 0x1p-120, 0x1p-119, 0x1p-71, 0x1p-70, 0x1p-4, 0x1p-1, 0x1p2, 0x1p57, 0x1p124, 0x1p127]
      ),
    ]
    for (format, values) in expected {
      let found = try floats(format, body)
      #expect(zip(found, values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(format.rawValue): \(found)")
    }
    for (format, special) in [
      (NumberFormat.float8E4M3, [UInt8(0x7F), 0xFF]), (.float8E5M2, [0x7D, 0xFF]), (.float8E4M3FNUZ, [0x80]),
      (.float8E5M2FNUZ, [0x80]), (.float8E8M0, [0xFF]),
    ] {
      #expect(try floats(format, special).allSatisfy(\.isNaN), "\(format.rawValue)")
    }
    #expect(try floats(.float8E5M2, [0x7C, 0xFC]) == [.infinity, -.infinity])
  }

  @Test func whatFloatCanNotHoldIsRefusedByName() throws {
    func failure(_ format: NumberFormat, _ value: some FixedWidthInteger) -> TensorFileError? {
      let body = withUnsafeBytes(of: value.littleEndian) { [UInt8]($0) }
      return #expect(throws: TensorFileError.self) { try floats(format, body) }
    }
    let large = failure(.float64, (1e300).bitPattern)
    #expect(large?.problem == .tooLarge(1e300) && large?.tensor == "a")
    #expect(large?.description == "tensor “a”: it holds 1e+300, but the largest Float is 3.4028235e+38")
    #expect(failure(.int32, Int32(16_777_217))?.problem == .inexact("16777217"))
    #expect(failure(.uint32, UInt32.max)?.problem == .inexact("4294967295"))
    #expect(failure(.int64, Int64.max)?.problem == .inexact("9223372036854775807"))
    #expect(failure(.uint64, UInt64.max)?.problem == .inexact("18446744073709551615"))
    for format in [NumberFormat.float4, .float6E2M3, .float6E3M2, .complex64] {
      let tensor = Tensor(name: "a", shape: [8], format: format, bytes: Data(count: format.bits))
      let refused = #expect(throws: TensorFileError.self) { try tensor.values }
      #expect(refused?.problem == .notConvertible(format))
    }
    // The file still opens, and its name is in the message.
    let file = TensorFile(
      name: "m.safetensors",
      tensors: [Tensor(name: "a", shape: [1], format: .complex64, bytes: Data(count: 8))])
    let error = #expect(throws: TensorFileError.self) { try file.values(of: "a", shape: [1]) }
    #expect(
      error?.description
        == "m.safetensors, tensor “a”: its numbers are C64, which can't become Float; convert them to F32 in Python")
  }

  @Test func namesMayRepeatInDifferentObjectsAndMetadataMayBeNull() throws {
    let header = #"{"__metadata__":null,"dtype":\#(entry()),"a:\\":\#(entry("F32", "[1]", "[4,8]"))}"#
    let read = try TensorFile(bytes(header, [UInt8](repeating: 0, count: 8)), name: "m")
    #expect(read.tensors.map(\.name) == ["dtype", #"a:\"#] && read.metadata.isEmpty)
  }

  @Test("a file that never ends, or a huge one of zeros, is refused after its first bytes")
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

  @Test("a huge file isn't read just because it begins well")
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

  @Test func valuesAreAskedForByNameAndShape() throws {
    #expect(try file.values(of: "layers.0.weight", shape: [2, 3])[1] == -2)
    let shape = #expect(throws: TensorFileError.self) { try file.values(of: "layers.0.weight", shape: [6]) }
    #expect(shape?.description.contains("its shape is (2, 3), but the schema needs (6)") == true)
    let turned = #expect(throws: TensorFileError.self) { try file.values(of: "layers.0.weight", shape: [3, 2]) }
    #expect(turned?.description.contains("needs (3, 2); transpose it") == true)
    let name = #expect(throws: TensorFileError.self) { try file.values(of: "layers.1.weight", shape: [3, 2]) }
    #expect(name?.problem == .missingTensor(known: ["layers.0.weight", "empty", "scalar"]))
    let infinite = TensorFile(name: "m", tensors: [Tensor(name: "a", shape: [1], values: [.infinity])])
    #expect(throws: TensorFileError.self) { try infinite.values(of: "a", shape: [1]) }
  }
}
