import Chainrule
import ChainruleData
import Foundation
import Testing

struct IDXTests {
  /// A file whose numbers are bytes.
  private static func file(type: UInt8 = 8, _ shape: [Int], _ bytes: [UInt8]) -> Data {
    Data([0, 0, type, UInt8(shape.count)])
      + shape.reduce(into: Data()) { data, size in
        for shift in [24, 16, 8, 0] { data.append(UInt8(truncatingIfNeeded: size >> shift)) }
      } + Data(bytes)
  }

  private static let images = file([2, 2, 3], [0, 51, 102, 153, 204, 255, 255, 0, 0, 0, 0, 255])

  @Test(
    "a damaged file gives a one-line error",
    arguments: [
      (Data(), .notIDX), (Data([0, 0, 8]), .notIDX), (Data([1, 0, 8, 1, 0, 0, 0, 0]), .notIDX),
      (Data([0, 0, 8, 0]), .notIDX), (file(type: 7, [1], [1]), .unknownType(7)),
      (Data([0, 0, 8, 3, 0, 0]), .truncated(needed: 16, found: 6)),
      (images.dropLast(), .truncated(needed: 28, found: 27)), (images + [1], .trailingBytes(1)),
      (file([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], []), .tooLarge([0xffff_ffff, 0xffff_ffff])),
      (file(type: 0xe, [2], [0, 0, 0, 0, 0, 0, 0, 0]), .truncated(needed: 24, found: 16)),
    ] as [(Data, IDXError.Problem)])
  func damaged(data: Data, problem: IDXError.Problem) {
    let error = #expect(throws: IDXError.self) { try IDXFile(data, name: "f") }
    #expect(error?.problem == problem)
    #expect(error?.description.contains("\n") == false && error?.description.hasPrefix("f: ") == true)
  }

  @Test func aMissingFileIsNamed() {
    let error = #expect(throws: IDXError.self) { try IDXFile(contentsOf: "/nowhere/images") }
    #expect(error?.description == "/nowhere/images: no such file")
  }

  @Test func everyTypeIsRead() throws {
    #expect(try IDXFile(Self.file([3], [0, 128, 255]), name: "f").values == [0, 128, 255])
    #expect(try IDXFile(Self.file(type: 9, [2], [0x7f, 0x80]), name: "f").values == [127, -128])
    #expect(try IDXFile(Self.file(type: 0xb, [2], [0x01, 0x00, 0xff, 0xfe]), name: "f").values == [256, -2])
    #expect(try IDXFile(Self.file(type: 0xc, [1], [0xff, 0xff, 0xff, 0xff]), name: "f").values == [-1])
    #expect(try IDXFile(Self.file(type: 0xd, [1], [0xbf, 0xc0, 0, 0]), name: "f").values == [-1.5])
    #expect(try IDXFile(Self.file(type: 0xe, [1], [0x40, 0x04, 0, 0, 0, 0, 0, 0]), name: "f").values == [2.5])
    #expect(try IDXFile(Self.file([0], []), name: "f").values == [])
  }

  @Test func imagesAndLabelsBecomeSamples() throws {
    let images = try IDXFile(Self.images, name: "i")
    #expect(images.shape == [2, 2, 3] && images.count == 2)
    let data = try Dataset(images: images, labels: IDXFile(Self.file([2], [2, 0]), name: "l"), classCount: 3)
    #expect(data.count == 2 && data.inputCount == 6 && data.targetCount == 3)
    #expect(data.inputs[..<6] == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(data.targets == [0, 0, 1, 1, 0, 0])
  }

  @Test(
    "labels that don't fit the images",
    arguments: [
      (file([3], [0, 1, 2]), .labelsDoNotFit(labels: [3], images: 2)),
      (file([2, 1], [0, 1]), .labelsDoNotFit(labels: [2, 1], images: 2)),
      (file([2], [0, 3]), .unknownClass(3, index: 1, classCount: 3)),
      (file(type: 9, [2], [0xff, 0]), .unknownClass(-1, index: 0, classCount: 3)),
      (file(type: 0xd, [2], [0x3f, 0, 0, 0, 0, 0, 0, 0]), .unknownClass(0.5, index: 0, classCount: 3)),
    ] as [(Data, IDXError.Problem)])
  func wrongLabels(data: Data, problem: IDXError.Problem) throws {
    let images = try IDXFile(Self.images, name: "i")
    let labels = try IDXFile(data, name: "l")
    let error = #expect(throws: IDXError.self) { try Dataset(images: images, labels: labels, classCount: 3) }
    #expect(error?.problem == problem)
  }
}
