import Foundation

/// Why a file can't be read.
public struct InputFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, as it was given.
  public let path: String
  /// What the system says.
  public let reason: String
  /// Whether there is no such file, or none that may be opened; otherwise reading it failed half-way.
  public let isMissing: Bool

  /// One line.
  public var description: String { "\(path): \(reason)" }
}

/// Files to read whole.
public enum InputFile {
  /// The bytes of the file at `path`, which may also be a pipe or a device such as `/dev/stdin`.
  ///
  /// - Throws: ``InputFileError``.
  public static func read(_ path: String) throws(InputFileError) -> Data {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, isMissing: true) }
    defer { close(descriptor) }
    var data = Data()
    var status = stat()
    if fstat(descriptor, &status) == 0 { data.reserveCapacity(Int(status.st_size)) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count == 0 { return data }
      if count > 0 {
        data.append(contentsOf: buffer[..<count])
      } else if errno != EINTR {
        throw failure(path, isMissing: errno == EISDIR)
      }
    }
  }

  private static func failure(_ path: String, isMissing: Bool) -> InputFileError {
    let reason =
      switch errno {
      case ENOENT: "no such file"
      case EISDIR: "is a folder, expected a file"
      default: String(cString: strerror(errno)).lowercased()
      }
    return InputFileError(path: path, reason: reason, isMissing: isMissing)
  }
}
