import ChainruleKernels
import Foundation

/// Reads files, whole or in parts, and decompresses gzip.
///
/// The path `-` is standard input. Pipes and devices work too.
///
/// ```swift
/// var lines = 0
/// try InputFile.stream("measurements.csv.gz") { bytes in
///   lines += bytes.count { $0 == 0x0A }
/// }
/// ```
public enum InputFile {
  /// Reads a file in parts.
  ///
  /// - Parameters:
  ///   - path: its path; `-` is standard input.
  ///   - body: called with each part. The bytes are valid during the call.
  /// - Throws: ``InputFileError``, or what `body` throws.
  public static func stream(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try stream(path, progress: { _ in }, body: body)
  }

  /// How much of a file has been read.
  public struct Progress: Sendable {
    /// The bytes read, as they are in the file.
    public let bytesRead: Int
    /// The file's size; `nil` for a pipe or a device.
    public let fileSize: Int?
  }

  /// Reads a file in parts, and reports the progress after each.
  public static func stream(
    _ path: String, progress: (Progress) -> Void, body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let isStandardInput = path == "-"
    let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, isMissing: true) }
    defer { if !isStandardInput { close(descriptor) } }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    var bytesRead = 0
    var packed: GzipStream?
    var held: [UInt8] = []
    var isDecided = false
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    func pass(_ bytes: UnsafeRawBufferPointer) throws {
      if let packed { try packed.read(bytes, path: path, body) } else { try body(bytes) }
    }
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress!, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, isMissing: errno == EISDIR)
      }
      if count == 0 { break }
      bytesRead += count
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if isDecided {
        try pass(bytes)
      } else {
        // The first two bytes identify gzip, and a pipe may deliver them one by one.
        held.append(contentsOf: bytes)
        if held.count < 2 { continue }
        isDecided = true
        if held[0] == 0x1F, held[1] == 0x8B { packed = GzipStream() }
        try held.withUnsafeBytes { try pass($0) }
        held = []
      }
      progress(Progress(bytesRead: bytesRead, fileSize: isFile ? Int(status.st_size) : nil))
    }
    if !isDecided { try held.withUnsafeBytes { try pass($0) } }
    try packed?.finish(path: path)
  }

  /// The bytes of a whole file.
  ///
  /// - Parameters:
  ///   - path: its path; `-` is standard input.
  ///   - limit: the most bytes to read, decompressed.
  /// - Throws: ``InputFileError``, also if there are more bytes than the limit.
  public static func read(_ path: String, limit: Int = 1 << 31) throws(InputFileError) -> Data {
    var data = Data()
    do {
      try stream(path) { bytes in
        if data.count + bytes.count > limit {
          let size = limit % (1 << 20) == 0 ? "\(limit >> 20) MiB" : limit.counted("byte")
          throw InputFileError(path: path, reason: "is larger than \(size), the most that is read", isMissing: false)
        }
        data.append(contentsOf: bytes)
      }
    } catch let error as InputFileError {
      throw error
    } catch {
      trap("found the error \(error) while reading \(path), expected an InputFileError")
    }
    return data
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
