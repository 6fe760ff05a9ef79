import Foundation
import Testing

/// Stopping a training.
@Suite struct SignalTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  /// Runs an endless training until a signal stops it. Returns its exit code and its errors.
  private func stop(
    _ number: Int32, arguments: [String] = ["--epochs", "100000000"], quiet: Bool = false
  ) throws -> (code: Int32, errors: String) {
    let process = chainrule.process(
      Chainrule.program, Chainrule.iris + arguments + (quiet ? ["--quiet"] : []))
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // The first line of progress can take long, so look for the handler instead.
    #if os(Linux)
      while !Self.isCaught(number, by: process.processIdentifier) { usleep(2_000) }
    #else
      usleep(1_000_000)
    #endif
    kill(process.processIdentifier, number)
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (process.terminationStatus, text)
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func aSignalStopsAndSaves(_ number: Int32, _ code: Int32) throws {
    let result = try stop(number)
    #expect(result.code == code)
    #expect(result.errors.hasPrefix("stopping; press Ctrl-C again to stop without saving\n"))
    let shown = try chainrule.run(["inspect", "iris.safetensors"])
    #expect(shown.code == 0 && shown.output.contains(/ended +stopped/))
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }

  @Test func quietlyToo() throws {
    let result = try stop(SIGINT, quiet: true)
    #expect(result.code == 130 && result.errors.isEmpty)
    #expect(try chainrule.run(["inspect", "iris.safetensors"]).code == 0)
  }

  @Test("an epoch that would take minutes is stopped in the middle")
  func aLongEpochIsLeft() throws {
    // Each step takes a moment, and an epoch of single rows has many.
    let result = try stop(SIGINT, arguments: ["--schema", "3000 relu, 3000 relu", "--batch-size", "1"])
    #expect(result.code == 130)
    let shown = try chainrule.run(["inspect", "iris.safetensors"])
    #expect(shown.output.contains(/epochs +0\n/))
  }

  #if os(Linux)
    @Test func whatTheParentIgnoresStaysIgnored() throws {
      // `nohup` ignores SIGHUP, and a shell ignores SIGINT for background jobs.
      let result = try chainrule.shell(
        """
        trap '' INT HUP
        "$CHAINRULE" train iris.csv --target species --epochs 100000000 --quiet & p=$!
        until grep -q 'SigCgt:.*[4567cdef]...$' /proc/$p/status; do sleep 0.01; done
        kill -INT $p; kill -HUP $p; sleep 0.2
        kill -0 $p && echo alive; kill -TERM $p; wait $p; echo $?
        """)
      #expect(result.output == "alive\n143\n", "\(result.errors)")
    }

    /// Whether the process handles a signal.
    private static func isCaught(_ number: Int32, by process: Int32) -> Bool {
      guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
        let mask = UInt64(line.dropFirst("SigCgt:".count).drop { $0.isWhitespace }, radix: 16)
      else { return false }
      return mask & (1 << UInt64(number - 1)) != 0
    }
  #endif
}
