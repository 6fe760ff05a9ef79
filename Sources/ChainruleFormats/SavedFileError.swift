import ChainruleCore

/// Why a file can't be saved.
public struct SavedFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, as it was given.
  public let path: String
  /// What could not be done, and what the system says.
  public let reason: String
  /// Whether the file could not even be created; otherwise writing it failed.
  public let isCreation: Bool

  /// One line.
  public var description: String {
    (path.isEmpty ? "can't save a file without a name: \(reason)" : "can't save \(path): \(reason)").oneLine
  }
}
