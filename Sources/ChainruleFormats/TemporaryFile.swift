import Foundation

/// A file that replaces another one when it's complete. Its name contains the process's number, and the process keeps
/// it locked, so files of killed processes can be found and removed.
struct TemporaryFile {
  let path: String
  /// Open for writing, and locked.
  let descriptor: Int32

  private static let ending = ".chainrule-tmp"

  /// Creates an empty file in the place's folder.
  init(for place: SavedPlace) throws(SavedFileError) {
    // A name has at most 255 bytes; up to 100 of them are from the file's name.
    let name = String(decoding: place.name.utf8.prefix(100), as: UTF8.self)
    path = "\(place.folder)/.\(name).\(getpid()).\(UInt32.random(in: 0...UInt32.max))\(Self.ending)"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw place.failure("could not create the file", isCreation: true) }
    flock(descriptor, LOCK_EX | LOCK_NB)
  }

  /// Removes our own temporary files whose processes are gone.
  static func removeAbandoned(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let process = process(in: name), kill(process, 0) != 0, errno == ESRCH else { continue }
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else { continue }
      // A process in another container can have the same number; then it holds the lock.
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      close(descriptor)
    }
  }

  /// The process's number in a temporary file's name; `nil` for other files.
  private static func process(in name: String) -> pid_t? {
    guard name.hasPrefix("."), name.hasSuffix(ending) else { return nil }
    let parts = name.dropLast(ending.count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 4, UInt32(parts[parts.count - 1]) != nil, let process = pid_t(parts[parts.count - 2]),
      process > 0
    else { return nil }
    return process
  }
}
