import Foundation

/// Where to save a file: a checked path that can lead to a file.
struct SavedPlace {
  /// The path as given.
  let path: String
  /// The path with all links followed.
  let target: String
  /// The folder of the target.
  let folder: String
  /// The permissions of the existing file; `nil` if there is none.
  let mode: mode_t?
  /// Whether it's a pipe or a device.
  let isDevice: Bool

  /// Examines what exists at the path.
  init(_ path: String) throws(SavedFileError) {
    func refusal(_ reason: String) -> SavedFileError {
      SavedFileError(path: path, reason: reason, isCreation: true)
    }
    self.path = path
    if path.isEmpty { throw refusal("give the name of a file") }
    if path.utf8.contains(0) { throw refusal("the name holds a zero byte") }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists {
      if status.st_mode & S_IFMT == S_IFDIR { throw refusal("it's a folder; give the name of a file") }
      if access(path, W_OK) != 0 { throw Self.failure(path, "the file may not be written", isCreation: true) }
    } else {
      if path.utf8.last == UInt8(ascii: "/") { throw refusal("the name ends in /; give the name of a file") }
      var link = stat()
      if lstat(path, &link) == 0 { throw refusal(Self.brokenLink(path)) }
      switch errno {
      case ENOENT: break
      case ENAMETOOLONG: throw refusal("the name is too long; a file's name may have 255 bytes")
      case ENOTDIR: throw refusal("a part of the path is a file, not a folder")
      default: throw Self.failure(path, "could not look at it", isCreation: true)
      }
    }
    isDevice = exists && status.st_mode & S_IFMT != S_IFREG
    mode = exists ? status.st_mode & 0o777 : nil
    if isDevice {
      target = path
      folder = ""
      return
    }
    if exists {
      guard let resolved = Self.resolved(path) else {
        throw Self.failure(path, "could not follow it", isCreation: true)
      }
      target = resolved
      folder = Self.split(target).folder
    } else {
      let parts = Self.split(path)
      guard let resolved = Self.resolved(parts.folder) else {
        throw refusal("there is no folder \(parts.folder); create it first")
      }
      folder = resolved
      target = resolved == "/" ? "/" + parts.name : resolved + "/" + parts.name
    }
    if access(folder, W_OK | X_OK) != 0 {
      throw Self.failure(path, "the folder may not be written", isCreation: true)
    }
  }

  /// The target's name, without its folder.
  var name: String { Self.split(target).name }

  /// An error with the system's message about the last call.
  func failure(_ what: String, isCreation: Bool = false) -> SavedFileError {
    Self.failure(path, what, isCreation: isCreation)
  }

  private static func failure(_ path: String, _ what: String, isCreation: Bool) -> SavedFileError {
    let reason = String(cString: strerror(errno)).lowercased()
    return SavedFileError(path: path, reason: "\(what): \(reason)", isCreation: isCreation)
  }

  private static func brokenLink(_ path: String) -> String {
    var status = stat()
    if stat(path, &status) != 0 && errno == ELOOP { return "it's a symbolic link that leads back to itself" }
    let destination = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? "another file"
    return "it's a symbolic link to \(destination), which doesn't exist; remove the link or create the file"
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.utf8.index(after: slash)...]))
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
