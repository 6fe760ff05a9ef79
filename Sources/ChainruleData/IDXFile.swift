import Chainrule
import Foundation

/// An array of numbers in the IDX format of MNIST and similar data sets: images, or their labels.
///
/// The format: two zeros, the type of the numbers, the number of dimensions, the size of each in four bytes, then the
/// numbers row by row. Everything is big-endian. Gzipped files are decompressed.
///
/// ```swift
/// let images = try IDXFile(contentsOf: "train-images-idx3-ubyte")
/// let labels = try IDXFile(contentsOf: "train-labels-idx1-ubyte")
/// let data = try Dataset(images: images, labels: labels, classCount: 10)  // 784 inputs from 0 to 1, 10 targets
/// ```
public struct IDXFile: Equatable, Sendable {
  /// The file's name, usually its path.
  public let name: String
  /// The size of each dimension, the slowest first: (60000, 28, 28) for MNIST's images.
  public let shape: [Int]
  private let bytes: [UInt8]
  private let start: Int
  private let type: NumberType

  /// The numbers; the last dimension varies fastest. They're converted from the file's bytes on each call, because
  /// they'd take four times as much memory.
  public var values: [Float] { values(dividedBy: 1) }
  /// Whether the numbers are bytes, from 0 to 255.
  public var holdsBytes: Bool { type == .unsignedByte }

  /// Reads the file at `path`.
  ///
  /// - Throws: ``IDXError``.
  public init(contentsOf path: String) throws(IDXError) {
    let data: Data
    do {
      data = try InputFile.read(path)
    } catch {
      throw IDXError(.unreadable(error), file: path)
    }
    try self.init(data, name: path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: ``IDXError``.
  public init(_ data: Data, name: String) throws(IDXError) {
    let bytes = [UInt8](data)
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else { throw IDXError(.notIDX, file: name) }
    guard let type = NumberType(rawValue: bytes[2]) else { throw IDXError(.unknownType(bytes[2]), file: name) }
    let dimensions = Int(bytes[3])
    if dimensions == 0 { throw IDXError(.notIDX, file: name) }
    let start = 4 + 4 * dimensions
    if bytes.count < start { throw IDXError(.truncated(needed: start, found: bytes.count), file: name) }
    var shape: [Int] = []
    var needed = type.size
    for dimension in 0..<dimensions {
      let size = Int(Self.number(bytes, at: 4 + 4 * dimension))
      shape.append(size)
      let (product, overflows) = needed.multipliedReportingOverflow(by: size)
      if overflows || product > 1 << 40 { throw IDXError(.tooLarge(shape), file: name) }
      needed = product
    }
    if bytes.count != start + needed {
      throw IDXError(
        bytes.count < start + needed
          ? .truncated(needed: start + needed, found: bytes.count) : .trailingBytes(bytes.count - start - needed),
        file: name)
    }
    self.name = name
    self.shape = shape
    self.bytes = bytes
    self.start = start
    self.type = type
  }

  /// The number of items: the size of the first dimension.
  public var count: Int { shape[0] }

  /// The number of values.
  fileprivate var valueCount: Int { (bytes.count - start) / type.size }

  /// The numbers, divided by another one.
  fileprivate func values(dividedBy divisor: Float) -> [Float] {
    [Float](unsafeUninitializedCapacity: valueCount) { values, count in
      count = valueCount
      guard type == .unsignedByte else {
        for i in 0..<count {
          values.initializeElement(at: i, to: type.value(bytes, at: start + i * type.size) / divisor)
        }
        return
      }
      // A table of the 256 quotients, for millions of pixels.
      let quotients = (0..<256).map { Float($0) / divisor }
      for i in 0..<count { values.initializeElement(at: i, to: quotients[Int(bytes[start + i])]) }
    }
  }

  /// A big-endian number of four bytes.
  private static func number(_ bytes: [UInt8], at index: Int) -> UInt32 {
    bytes[index..<(index + 4)].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The types of numbers, by their byte in the file.
  private enum NumberType: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0b
    case int = 0x0c
    case float = 0x0d
    case double = 0x0e

    var size: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }

    func value(_ bytes: [UInt8], at index: Int) -> Float {
      switch self {
      case .unsignedByte: return Float(bytes[index])
      case .signedByte: return Float(Int8(bitPattern: bytes[index]))
      case .short: return Float(Int16(bitPattern: UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])))
      case .int: return Float(Int32(bitPattern: IDXFile.number(bytes, at: index)))
      case .float: return Float(bitPattern: IDXFile.number(bytes, at: index))
      case .double:
        let high = UInt64(IDXFile.number(bytes, at: index))
        return Float(Double(bitPattern: high << 32 | UInt64(IDXFile.number(bytes, at: index + 4))))
      }
    }
  }
}

extension Dataset {
  /// Creates a data set from images and labels. Each image is one sample: bytes are scaled to 0…1, other numbers don't
  /// change. Each label becomes a one-hot target.
  ///
  /// - Throws: ``IDXError`` if the number of labels isn't the number of images, or a label isn't a class number.
  public init(images: IDXFile, labels: IDXFile, classCount: Int) throws(IDXError) {
    guard labels.shape.count == 1, labels.count == images.count else {
      throw IDXError(.labelsDoNotFit(labels: labels.shape, images: images.count), file: labels.name)
    }
    guard images.shape.count > 1, images.valueCount > 0 else {
      throw IDXError(.noImages(images.shape), file: images.name)
    }
    var classes: [Int] = []
    classes.reserveCapacity(labels.count)
    for (index, label) in labels.values.enumerated() {
      guard let number = Int(exactly: label), number >= 0, number < classCount else {
        throw IDXError(.unknownClass(label, index: index, classCount: classCount), file: labels.name)
      }
      classes.append(number)
    }
    self.init(
      inputs: images.values(dividedBy: images.holdsBytes ? 255 : 1), classes: classes, classCount: classCount,
      inputCount: images.valueCount / images.count)
  }
}
