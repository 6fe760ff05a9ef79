import Foundation

/// A small built site in a temporary folder, with a secret file beside it that no request may reach.
final class TemporarySite {
  static let secret = "a file outside the site"
  static let page = "<!doctype html><title>Lab</title>"
  static let module: [UInt8] = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

  let folder: URL
  private let parent: URL

  init() throws {
    let files = FileManager.default
    parent = files.temporaryDirectory.appending(path: "chainrule-server-\(UUID().uuidString)")
    folder = parent.appending(path: "site")
    try files.createDirectory(at: folder.appending(path: "figures"), withIntermediateDirectories: true)
    try Data(Self.secret.utf8).write(to: parent.appending(path: "secret.txt"))
    try Data(Self.page.utf8).write(to: folder.appending(path: "index.html"))
    try Data("figures".utf8).write(to: folder.appending(path: "figures/index.html"))
    try Data("export {}".utf8).write(to: folder.appending(path: "figure.js"))
    try Data("body {}".utf8).write(to: folder.appending(path: "style.css"))
    try Data(Self.module).write(to: folder.appending(path: "chainrule.wasm"))
    try files.createSymbolicLink(
      at: folder.appending(path: "link.txt"), withDestinationURL: parent.appending(path: "secret.txt"))
  }

  deinit {
    try? FileManager.default.removeItem(at: parent)
  }
}
