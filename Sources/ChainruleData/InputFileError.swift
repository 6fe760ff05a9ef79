import ChainruleCore

/// Why a file can't be read.
public struct InputFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, as given.
  public let path: String
  /// The system's error message, or what is wrong with the bytes.
  public let reason: String
  /// Whether the file doesn't exist or can't be opened; otherwise reading it failed.
  public let isMissing: Bool

  /// One line.
  public var description: String { "\(path): \(reason)".oneLine }
}
