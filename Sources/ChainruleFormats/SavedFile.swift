import Foundation

/// Why a file can't be saved.
public struct SavedFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, as it was given.
  public let path: String
  /// What could not be done, and what the system says.
  public let reason: String
  /// Whether the file could not even be started; otherwise writing it failed.
  public let isCreation: Bool

  /// One line.
  public var description: String { "can't save \(path): \(reason)" }
}

/// Files that are saved whole or not at all.
public enum SavedFile {
  /// Saves `data` at `path`.
  ///
  /// The bytes first go into a temporary file in the same folder, which then takes the place of the older one: whatever
  /// interrupts it, the older file stays whole until the new one is. A pipe or a device, such as `/dev/stdout`, is
  /// written directly.
  ///
  /// - Throws: ``SavedFileError``; the temporary file is then removed.
  public static func write(_ data: Data, to path: String) throws(SavedFileError) {
    try check(path)
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists && status.st_mode & S_IFMT != S_IFREG {
      try fill(path, flags: O_WRONLY | O_CLOEXEC, with: data, path: path)
      return
    }
    let folder = (target as NSString).deletingLastPathComponent
    let name = (target as NSString).lastPathComponent
    let temporary = "\(folder)/.\(name.prefix(100)).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
    do throws(SavedFileError) {
      try fill(temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, with: data, path: path) { descriptor in
        if exists { fchmod(descriptor, status.st_mode & 0o777) }
        return fsync(descriptor) == 0
      }
      if rename(temporary, target) != 0 { throw failure(path, "could not replace the older file") }
    } catch {
      unlink(temporary)
      throw error
    }
    // The folder's entry, too, should survive a loss of power; not every file system lets one ask for it.
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// Checks, before long work, whether a file could be saved at `path`.
  ///
  /// - Throws: ``SavedFileError`` if it is a folder, may not be written, or lies in a folder that does not exist.
  public static func check(_ path: String) throws(SavedFileError) {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR {
        throw SavedFileError(path: path, reason: "it is a folder; give the name of a file", isCreation: true)
      }
      if access(path, W_OK) != 0 { throw failure(path, "the file may not be written", isCreation: true) }
      if status.st_mode & S_IFMT != S_IFREG { return }
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let folder = (target as NSString).deletingLastPathComponent
    if access(folder, F_OK) != 0 {
      throw SavedFileError(path: path, reason: "there is no folder \(folder); create it first", isCreation: true)
    }
    if access(folder, W_OK | X_OK) != 0 { throw failure(path, "the folder may not be written", isCreation: true) }
  }

  private static func fill(
    _ file: String, flags: Int32, with data: Data, path: String, finish: (Int32) -> Bool = { _ in true }
  ) throws(SavedFileError) {
    let descriptor = open(file, flags, 0o666)
    guard descriptor >= 0 else { throw failure(path, "could not create the file", isCreation: true) }
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
      let error = failure(path, "could not write the file")
      close(descriptor)
      throw error
    }
    if close(descriptor) != 0 { throw failure(path, "could not write the file") }
  }

  private static func failure(_ path: String, _ what: String, isCreation: Bool = false) -> SavedFileError {
    let reason = String(cString: strerror(errno)).lowercased()
    return SavedFileError(path: path, reason: "\(what): \(reason)", isCreation: isCreation)
  }
}
