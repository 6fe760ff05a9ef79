import Foundation
import Hummingbird

/// The files of the built site: nothing outside its folder is reachable through it.
struct SiteFiles: FileProvider {
  struct FileAttributes: FileMiddlewareFileAttributes {
    let isFolder: Bool
    let size: Int
    let modificationDate: Date
  }

  /// The folder's real path, without symbolic links.
  private let root: String
  private let reader = FileIO()
  /// How many bytes one read of a file takes. Up to eight such chunks are read ahead of what the client has taken.
  private static let chunkLength = 16 * 1024

  init(folder: URL) throws(LabServerError) {
    root = folder.resolvingSymlinksInPath().path
    guard FileManager.default.isReadableFile(atPath: root + "/index.html") else { throw .missingSite(folder) }
  }

  /// The real path of the file for a decoded URL path, if it's inside the folder. A slash at its end, which only
  /// folders may have, stays.
  func getFileIdentifier(_ path: String) -> String? {
    guard path.hasPrefix("/"), !path.contains("//"), !path.utf8.contains(0) else { return nil }
    let file = URL(fileURLWithPath: root + path).resolvingSymlinksInPath().path
    guard file == root || file.hasPrefix(root + "/") else { return nil }
    return path.hasSuffix("/") ? file + "/" : file
  }

  func getAttributes(id file: String) async throws -> FileAttributes? {
    guard
      let attributes = try? FileManager.default.attributesOfItem(atPath: file),
      let type = attributes[.type] as? FileAttributeType, type == .typeRegular || type == .typeDirectory,
      let size = attributes[.size] as? Int,
      let modificationDate = attributes[.modificationDate] as? Date
    else { return nil }
    return FileAttributes(isFolder: type == .typeDirectory, size: size, modificationDate: modificationDate)
  }

  func loadFile(id file: String, context: some RequestContext) async throws -> ResponseBody {
    try await reader.loadFile(path: file, context: context, chunkLength: Self.chunkLength)
  }

  func loadFile(id file: String, range: ClosedRange<Int>, context: some RequestContext) async throws -> ResponseBody {
    try await reader.loadFile(path: file, range: range, context: context, chunkLength: Self.chunkLength)
  }
}
