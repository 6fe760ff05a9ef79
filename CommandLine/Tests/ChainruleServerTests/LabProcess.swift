import Foundation
import Testing

/// The real `chainrule lab` in its own process, started by a shell that limits its descriptors first.
final class LabProcess {
  /// The program, which is built next to the tests.
  private static let program: URL = {
    #if os(macOS)
      let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!.bundleURL
        .deletingLastPathComponent()
    #else
      let products = Bundle.main.bundleURL
    #endif
    return products.appendingPathComponent("chainrule")
  }()

  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()

  /// Starts it.
  ///
  /// - Parameter limit: a shell command to run before the program, such as `ulimit -n 64`.
  init(site: TemporarySite, limit: String) throws {
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c", "\(limit) && exec \"$0\" lab --site \"$1\" --port 0", Self.program.path, site.folder.path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  deinit { if process.isRunning { kill(identifier, SIGKILL) } }

  var identifier: Int32 { process.processIdentifier }

  /// The port that it says it listens on.
  func port() async throws -> Int {
    let line = try await onThread { [handle = output.fileHandleForReading] in
      String(decoding: handle.availableData, as: UTF8.self)
    }
    let digits = line.split(separator: ":").last.map { $0.prefix { $0.isNumber } }
    return try #require(digits.flatMap { Int($0) }, "the server said: \(line)")
  }

  /// Sends it Ctrl-C and waits for its end; returns its exit code, or nil if it doesn't end.
  func interrupt() async throws -> Int32? {
    process.interrupt()
    return try await end()
  }

  /// Waits for its end; returns its exit code, or nil if it doesn't end by itself.
  func end() async throws -> Int32? {
    let hasEnded = try await waiting { !process.isRunning }
    if !hasEnded { kill(identifier, SIGKILL) }
    return hasEnded ? process.terminationStatus : nil
  }

  /// What it wrote to standard error, once it has ended.
  var errorText: String { String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
}

/// Waits until a condition holds, for at most a minute. Returns whether it does.
func waiting(for condition: () throws -> Bool) async throws -> Bool {
  for _ in 0..<600 {
    if try condition() { return true }
    try await Task.sleep(for: .milliseconds(100))
  }
  return try condition()
}
