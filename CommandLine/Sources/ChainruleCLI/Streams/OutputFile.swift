import ChainruleFormats
import Foundation

/// Where a command's result goes: a writable file, or standard output.
struct OutputFile {
  let path: String
  /// What exists before the command writes.
  let existing: SavedFile.Existing
  /// Whether the result goes to standard output, so that messages must go elsewhere.
  let isStandardOutput: Bool

  /// Checks, before any work, that the result can be saved: `-` is standard output, and so is a path such as
  /// `/dev/stdout`.
  ///
  /// - Parameters:
  ///   - inputs: files that the command reads, which it must not replace.
  ///   - replaces: what may be replaced without `--force`.
  /// - Throws: ``Failure`` or `SavedFileError`.
  init(_ path: String, inputs: [String] = [], replaces: Set<SavedFile.Existing> = [], force: Bool) throws {
    self.path = path
    isStandardOutput = path == "-" || Self.isStandardOutput(path)
    existing = isStandardOutput ? .device : try SavedFile.check(path)
    func refuse(_ reason: String) -> Failure { Failure(code: .cannotCreate, message: "can't save \(path): \(reason)") }
    if force || existing == .device { return }
    if inputs.contains(where: { SavedFile.isSame($0, path) }) {
      throw refuse("this command reads that file; choose another name with --output, or replace it with --force")
    }
    if existing == .nothing || replaces.contains(existing) { return }
    let what = replaces.contains(.model) ? " and isn't a chainrule model" : ""
    throw refuse("it exists\(what); choose another name with --output, or replace it with --force")
  }

  /// Saves the bytes, atomically.
  func write(_ data: Data) throws {
    if isStandardOutput { try StandardOutput.write(data) } else { try SavedFile.write(data, to: path) }
  }

  private static func isStandardOutput(_ path: String) -> Bool {
    var file = stat()
    var stream = stat()
    return stat(path, &file) == 0 && fstat(STDOUT_FILENO, &stream) == 0 && file.st_dev == stream.st_dev
      && file.st_ino == stream.st_ino
  }
}
