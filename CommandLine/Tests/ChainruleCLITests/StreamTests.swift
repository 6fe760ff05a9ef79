import Foundation
import Testing

@Suite struct StreamTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test func aPipeGetsPlainLines() throws {
    let result = try chainrule.run(Chainrule.iris)
    #expect(result.errorLines.count == 10)
    #expect(result.errorLines.first?.hasPrefix("epoch 20 of 200, loss 0.") == true)
    #expect(result.errorLines.last?.hasPrefix("epoch 200 of 200, loss 0.") == true)
    for text in [result.output, result.errors] { #expect(!text.contains("\u{1B}") && !text.contains("\r")) }
    #expect(try chainrule.run(Chainrule.iris + ["--epochs", "19"]).errorLines.count <= 20)
  }

  @Test func aTerminalGetsABarThatIsRedrawnInPlace() throws {
    let screen = try onTerminal(Chainrule.iris + ["--epochs", "3000"])
    #expect(screen.contains("\r") && screen.contains("░") && screen.contains("\u{1B}[K"))
    #expect(screen.contains("█ epoch 3000 of 3000, loss 0."))
    #expect(screen.utf8.count { $0 == UInt8(ascii: "\n") } == 1, "the bar stays in its line")
  }

  @Test func aDumbTerminalGetsPlainLines() throws {
    let screen = try onTerminal(Chainrule.iris, kind: "dumb")
    #expect(!screen.contains("\u{1B}") && screen.contains("epoch 20 of 200"))
  }

  /// What the program shows on a terminal that takes its standard error.
  private func onTerminal(_ arguments: [String], kind: String = "xterm") throws -> String {
    var (master, slave): (Int32, Int32) = (-1, -1)
    try #require(openpty(&master, &slave, nil, nil, nil) == 0)
    let process = chainrule.process(Chainrule.program, arguments)
    process.environment?["TERM"] = kind
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(fileDescriptor: slave)
    try process.run()
    close(slave)
    // The terminal ends, with an error, when nobody holds its other side any more.
    var screen = Data()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(master, &buffer, buffer.count), count > 0 {
      screen.append(contentsOf: buffer[..<count])
    }
    close(master)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: screen, as: UTF8.self)
  }

  @Test func aReaderMayLeaveEarly() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    let rows = String(repeating: "5.1,3.5,1.4,0.2\n", count: 20_000)
    try chainrule.write("sepal_length,sepal_width,petal_length,petal_width\n" + rows, to: "many.csv")
    for trap in ["", "trap '' PIPE; "] {
      let result = try chainrule.shell(
        trap + "\"$CHAINRULE\" predict iris.safetensors many.csv | head -n 2; echo ${PIPESTATUS[0]}")
      #expect(result.errors.isEmpty)
      #expect(result.output.split(separator: "\n").count == 3)
      #expect(result.output.hasSuffix("\n141\n"))
    }
  }

  @Test func anInterruptSavesWhatIsThere() throws {
    let process = chainrule.process(Chainrule.program, Chainrule.iris + ["--epochs", "100000000"])
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // Wait until training goes on: a first line may take long, so look for the handler instead.
    let status = "/proc/\(process.processIdentifier)/status"
    #if os(Linux)
      while !Self.catchesInterrupts(status) { usleep(2_000) }
    #else
      usleep(1_000_000)
    #endif
    kill(process.processIdentifier, SIGINT)
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(text.contains("interrupted after epoch ") && text.split(separator: "\n").count == 1)
    let inspection = try chainrule.run(["inspect", "iris.safetensors"])
    #expect(inspection.code == 0)
  }

  #if os(Linux)
    /// Whether the process with this status file has a handler of its own for an interrupt.
    private static func catchesInterrupts(_ status: String) -> Bool {
      guard let text = try? String(contentsOfFile: status, encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
        let mask = UInt64(line.dropFirst("SigCgt:".count).drop { $0.isWhitespace }, radix: 16)
      else { return false }
      return mask & (1 << UInt64(SIGINT - 1)) != 0
    }
  #endif
}
