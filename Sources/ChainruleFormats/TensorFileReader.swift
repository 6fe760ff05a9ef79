import Foundation

/// Reads a safetensors file in pieces, and checks each before it reads the next.
struct TensorFileReader {
  private let path: String
  private let descriptor: Int32

  /// Opens the file.
  init(_ path: String) throws(TensorFileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw Self.failure(path, isMissing: true) }
  }

  func close() { _ = Foundation.close(descriptor) }

  /// Reads the whole file: as much as its header says, plus one byte, to detect trailing data.
  func readAll() throws(TensorFileError) -> Data {
    var data = Data()
    try read(8, into: &data)
    let length = try TensorFile.headerLength(data, file: path)
    let available = try remaining()
    if let available, available < length {
      throw TensorFileError(.headerTooLong(UInt64(length), available: available), file: path)
    }
    try read(length, into: &data)
    guard data.count == 8 + length else {
      throw TensorFileError(.headerTooLong(UInt64(length), available: data.count - 8), file: path)
    }
    let size = try TensorHeader(data[8...], file: path).checkedSize(file: path)
    if let available, available != length + size {
      let found = available - length
      throw TensorFileError(
        found > size ? .trailingBytes(found - size) : .truncated(needed: size, found: found), file: path)
    }
    try read(size + 1, into: &data)
    return data
  }

  /// The number of unread bytes in a regular file; `nil` for a pipe or a device.
  private func remaining() throws(TensorFileError) -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return max(0, Int(status.st_size) - 8)
  }

  /// Reads up to `count` more bytes.
  private func read(_ count: Int, into data: inout Data) throws(TensorFileError) {
    var buffer = [UInt8](repeating: 0, count: min(count, 1 << 20))
    var left = count
    while left > 0 {
      let found = Foundation.read(descriptor, &buffer, min(left, buffer.count))
      if found == 0 { return }
      if found > 0 {
        data.append(contentsOf: buffer[..<found])
        left -= found
      } else if errno != EINTR {
        throw Self.failure(path, isMissing: errno == EISDIR)
      }
    }
  }

  private static func failure(_ path: String, isMissing: Bool) -> TensorFileError {
    let reason =
      switch errno {
      case ENOENT: "no such file"
      case EISDIR: "is a folder, expected a file"
      default: String(cString: strerror(errno)).lowercased()
      }
    return TensorFileError(.unreadable(reason: reason, isMissing: isMissing), file: path)
  }
}
