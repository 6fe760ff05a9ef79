import ChainruleCore

/// Why a file in the IDX format can't be read or used.
public struct IDXError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// The file can't be read.
    case unreadable(InputFileError)
    /// The file doesn't begin with the format's header.
    case notIDX
    /// No type of numbers has this byte.
    case unknownType(UInt8)
    /// The sizes are too large for any memory.
    case tooLarge([Int])
    /// The file ends too early.
    case truncated(needed: Int, found: Int)
    /// Bytes follow the last number.
    case trailingBytes(Int)
    /// The number of labels isn't the number of images.
    case labelsDoNotFit(labels: [Int], images: Int)
    /// There is no image, or the items are single numbers.
    case noImages([Int])
    /// A label isn't a class number.
    case unknownClass(Float, index: Int, classCount: Int)
  }

  /// What is wrong.
  public let problem: Problem
  /// The file's name, usually its path.
  public let file: String

  init(_ problem: Problem, file: String) {
    self.problem = problem
    self.file = file
  }
}

extension IDXError: CustomStringConvertible {
  /// One line: where, what was found, what was expected, and what to do.
  public var description: String { text.oneLine }

  private var text: String {
    switch problem {
    case .unreadable(let error): "\(error)"
    case .notIDX: "\(file): not an IDX file: it should begin with two zeros, a type and a number of dimensions"
    case .unknownType(let type):
      "\(file): type \(String(type, radix: 16)) isn't one of the format's: 8, 9, b, c, d, e"
    case .tooLarge(let shape): "\(file): its sizes \(shape) are too large; the header is damaged"
    case .truncated(let needed, let found):
      "\(file): the file is truncated: its sizes need \(needed.counted("byte")), found \(found); fetch it again"
    case .trailingBytes(let count):
      "\(file): found \(count.counted("byte")) after the last number; the header is damaged"
    case .labelsDoNotFit(let labels, let images):
      "\(file): found labels of the shape \(labels), expected one for each of \(images.counted("image"))"
    case .noImages(let shape):
      "\(file): found the shape \(shape), expected images: several of them, each with its numbers"
    case .unknownClass(let label, let index, let classCount):
      "\(file): label \(index + 1) is \(label), expected a whole number from 0 to \(classCount - 1)"
    }
  }
}
