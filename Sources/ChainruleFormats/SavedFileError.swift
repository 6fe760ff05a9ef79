import ChainruleCore

/// Why a file can't be saved.
public struct SavedFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, as given.
  public let path: String
  /// What failed, and the system's message.
  public let reason: String
  /// Whether the file couldn't be created; otherwise writing it failed.
  public let isCreation: Bool

  /// One line.
  public var description: String {
    (path.isEmpty ? "can't save a file without a name: \(reason)" : "can't save \(path): \(reason)").oneLine
  }
}
