import Foundation
import Testing

/// The real `chainrule`, run in a temporary folder that is deleted with this value.
final class Chainrule: Sendable {
  let folder: String

  /// The result of one run.
  struct Result {
    /// The exit code; negative for the signal that ended the process.
    let code: Int32
    let output: String
    let errors: String

    var errorLines: [Substring] { errors.split(separator: "\n") }
  }

  /// Creates the folder, with the Iris table in it.
  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    try FileManager.default.copyItem(
      at: root.appendingPathComponent("data/iris.csv").resolvingSymlinksInPath(),
      to: url.appendingPathComponent("iris.csv"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The program, which is built next to the tests.
  static let program: URL = {
    #if os(macOS)
      let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!.bundleURL
        .deletingLastPathComponent()
    #else
      let products = Bundle.main.bundleURL
    #endif
    return products.appendingPathComponent("chainrule")
  }()

  /// The arguments that train a classifier of irises.
  static let iris = ["train", "iris.csv", "--target", "species"]

  func path(_ name: String) -> String { folder + "/" + name }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }

  func read(_ name: String) -> Data? { FileManager.default.contents(atPath: path(name)) }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  /// Runs the program with these arguments.
  @discardableResult
  func run(_ arguments: [String]) throws -> Result {
    try finish(process(Self.program, arguments))
  }

  /// Runs a shell command, in which `$CHAINRULE` is the program.
  func shell(_ line: String) throws -> Result {
    try finish(process(URL(fileURLWithPath: "/bin/bash"), ["-c", line]))
  }

  /// A process that isn't started yet.
  func process(_ program: URL, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["CHAINRULE"] = Self.program.path
    environment["TERM"] = "xterm"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Starts the process and waits for its end. Its output goes to files, because pipes could fill up.
  private func finish(_ process: Process) throws -> Result {
    let streams = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-streams-\(UUID())")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: streams) }
    let files = ["out", "err"].map { streams.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(
      code: process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus,
      output: texts[0], errors: texts[1])
  }
}
