import Foundation

/// The files that the tests read, and the snippets that they run.
enum Repository {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The folder of built products, which also has the test bundle.
  private static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// The text of a file.
  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The names of a folder's files with one extension, without it.
  static func names(in folder: String, ending: String) -> [String] {
    let files = try? FileManager.default.contentsOfDirectory(
      at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == ending }.map { $0.deletingPathExtension().lastPathComponent }
      .sorted()
  }

  /// Runs a snippet to its end, on the portable kernels: the pages show what every machine prints.
  static func run(snippet name: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = products.appending(path: name)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.environment = ProcessInfo.processInfo.environment.merging(["CHAINRULE_KERNELS": "portable"]) { $1 }
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
