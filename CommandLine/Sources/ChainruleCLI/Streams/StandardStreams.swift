import Foundation

/// Standard output, for results.
enum StandardOutput {
  /// Writes all of the text.
  ///
  /// If the reader closes the pipe (`… | head`), the process ends quietly, with the exit code that a shell uses for it.
  ///
  /// - Throws: ``Failure`` if the text can't be written, for example on a full disk.
  static func write(_ text: String) throws(Failure) { try write(Data(text.utf8)) }

  /// Writes all of the bytes, as ``write(_:)-(String)`` does.
  static func write(_ data: Data) throws(Failure) {
    guard let error = StandardError.write(data, to: STDOUT_FILENO) else { return }
    if error == EPIPE { exit(128 + SIGPIPE) }
    throw Failure(
      code: .inputOutput, message: "can't write to standard output: \(String(cString: strerror(error)).lowercased())")
  }
}

/// Standard error, for messages and progress. A failure here can't be reported.
enum StandardError {
  /// Writes one line. Characters from file names or cells that would break the line or control the terminal become
  /// blanks.
  static func write(_ line: String) { writeRaw(TextFormat.printable(line) + "\n") }

  /// Writes the text unchanged.
  static func writeRaw(_ text: String) { _ = write(Data(text.utf8), to: STDERR_FILENO) }

  /// Writes all of the bytes; returns the system's error number if that fails.
  fileprivate static func write(_ bytes: Data, to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = Foundation.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        if count >= 0 {
          done += count
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}
