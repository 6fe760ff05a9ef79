import Foundation

/// Saves files atomically.
///
/// ```swift
/// try SavedFile.check("model.safetensors")  // before long work
/// try SavedFile.write(data, to: "model.safetensors")
/// ```
public enum SavedFile {
  /// What exists at the path of a file to save.
  public enum Existing: Equatable, Sendable {
    /// No file.
    case nothing
    /// A model that Chainrule saved.
    case model
    /// Any other file.
    case otherFile
    /// A pipe or a device, such as `/dev/stdout`, which is written directly, never replaced.
    case device
  }

  /// Saves `data` at `path`.
  ///
  /// The bytes first go to a temporary file in the same folder, which then replaces the old file. If saving is
  /// interrupted, the old file stays intact. A pipe or a device, such as `/dev/stdout`, is written directly. A symbolic
  /// link is followed.
  ///
  /// - Throws: ``SavedFileError``; the temporary file is then removed.
  public static func write(_ data: Data, to path: String) throws(SavedFileError) {
    let place = try SavedPlace(path)
    if place.isDevice {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw place.failure("could not open it", isCreation: true) }
      try fill(descriptor, with: data, of: place)
      return
    }
    let temporary = try TemporaryFile(for: place)
    do throws(SavedFileError) {
      try fill(temporary.descriptor, with: data, of: place) { descriptor in
        if let mode = place.mode { fchmod(descriptor, mode) }
        return fsync(descriptor) == 0
      }
      if rename(temporary.path, place.target) != 0 { throw place.failure("could not replace the older file") }
    } catch {
      unlink(temporary.path)
      throw error
    }
    // Sync the folder too, so that its entry survives a loss of power. Not every file system supports that.
    let descriptor = open(place.folder, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// Checks, before long work, whether a file can be saved at `path`, by creating and removing a temporary file. Also
  /// removes temporary files that killed processes left in the folder.
  ///
  /// - Returns: what exists at the path, and would be replaced.
  /// - Throws: ``SavedFileError`` if the name is empty, too long, a folder's or a broken link's, if the file or its
  ///   folder isn't writable, or if there is no such folder.
  @discardableResult
  public static func check(_ path: String) throws(SavedFileError) -> Existing {
    let place = try SavedPlace(path)
    if place.isDevice { return .device }
    TemporaryFile.removeAbandoned(in: place.folder)
    let temporary = try TemporaryFile(for: place)
    close(temporary.descriptor)
    unlink(temporary.path)
    if place.mode == nil { return .nothing }
    return isModel(path) ? .model : .otherFile
  }

  /// Whether both paths lead to the same file, even under two names.
  public static func isSame(_ first: String, _ second: String) -> Bool {
    var one = stat()
    var other = stat()
    return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino
  }

  /// Whether the file at `path` is a model that Chainrule saved, according to its header. The rest isn't read.
  public static func isModel(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    guard let start = try? file.read(upToCount: 8), start.count == 8 else { return false }
    let length = start.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length > 0, length <= UInt64(TensorFile.longestHeader),
      let header = try? file.read(upToCount: Int(length)), header.first == UInt8(ascii: "{")
    else { return false }
    return header.range(of: Data("\"chainrule\":\"".utf8)) != nil
  }

  /// Writes all of the data, then syncs and closes the file.
  private static func fill(
    _ descriptor: Int32, with data: Data, of place: SavedPlace, finish: (Int32) -> Bool = { _ in true }
  ) throws(SavedFileError) {
    let isWritten = data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
        if count > 0 {
          done += count
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
    guard isWritten && finish(descriptor) else {
      let error = place.failure("could not write the file")
      close(descriptor)
      throw error
    }
    if close(descriptor) != 0 { throw place.failure("could not write the file") }
  }
}
