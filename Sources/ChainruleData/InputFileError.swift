import ChainruleCore

/// Why a file can't be read.
public struct InputFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, as it was given.
  public let path: String
  /// What the system says, or what is wrong with the bytes.
  public let reason: String
  /// Whether there is no such file, or none that may be opened; otherwise reading it failed half-way.
  public let isMissing: Bool

  /// One line.
  public var description: String { "\(path): \(reason)".oneLine }
}
