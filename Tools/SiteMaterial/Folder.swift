import Foundation

/// A folder whose files are written only if they change, so that later build steps run only for changed files.
struct Folder {
  /// A file that couldn't be written.
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let reason: String
    var description: String { "can't write \(path): \(reason)" }
  }

  let path: String

  /// Writes a file, and creates its folders.
  func write(_ text: String, to name: String) throws(Failure) {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    let data = Data(text.utf8)
    if (try? Data(contentsOf: file)) == data { return }
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file, options: .atomic)
    } catch {
      throw Failure(path: file.path, reason: error.localizedDescription)
    }
  }
}
