import Foundation
import Testing

@Suite struct StreamTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test func aPipeGetsPlainLines() throws {
    let result = try chainrule.run(Chainrule.iris)
    #expect(result.errorLines.count == 10)
    #expect(result.errorLines.first?.hasPrefix("epoch 20 of 200, loss 0.") == true)
    #expect(result.errorLines.last?.contains(", validation 0.") == true)
    for text in [result.output, result.errors] { #expect(!text.contains("\u{1B}") && !text.contains("\r")) }
    #expect(try chainrule.run(Chainrule.iris + ["--epochs", "19"]).errorLines.count <= 20)
  }

  @Test("the largest number of epochs works", arguments: ["1000000000", "999999999"])
  func manyEpochs(_ epochs: String) throws {
    let result = try chainrule.run(Chainrule.iris + ["--epochs", epochs, "--patience", "1", "--learning-rate", "0.5"])
    #expect(result.code == 0, "\(result.errors)")
    for epochs in ["9223372036854775807", "9223372036854775799", "1000000001", "99999999999999999999"] {
      #expect(try chainrule.run(Chainrule.iris + ["--epochs", epochs]).code == 64)
    }
  }

  @Test func aTerminalGetsABarThatIsRedrawnInPlace() throws {
    let screen = try onTerminal(Chainrule.iris + ["--epochs", "3000"])
    #expect(screen.contains("\r") && screen.contains("░") && screen.contains("\u{1B}[K"))
    #expect(screen.contains("█ epoch 3000 of 3000, loss ") && screen.contains(", validation "))
    #expect(screen.utf8.count { $0 == UInt8(ascii: "\n") } == 1, "the bar stays in its line")
  }

  @Test func aDumbTerminalGetsPlainLines() throws {
    let screen = try onTerminal(Chainrule.iris, kind: "dumb")
    #expect(!screen.contains("\u{1B}") && screen.contains("epoch 20 of 200"))
  }

  @Test func quietShowsNothingOnATerminal() throws {
    #expect(try onTerminal(Chainrule.iris + ["--quiet"]).isEmpty)
  }

  /// What the program shows if its standard error is a terminal.
  private func onTerminal(_ arguments: [String], kind: String = "xterm") throws -> String {
    var (master, slave): (Int32, Int32) = (-1, -1)
    try #require(openpty(&master, &slave, nil, nil, nil) == 0)
    let process = chainrule.process(Chainrule.program, arguments)
    process.environment?["TERM"] = kind
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(fileDescriptor: slave)
    try process.run()
    close(slave)
    // Reading the terminal fails when no process has its other side open any more.
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
      #expect(result.lines.count == 3)
      #expect(result.output.hasSuffix("\n141\n"))
    }
  }

  @Test func aTableMayComeThroughAPipe() throws {
    let piped = try chainrule.shell("cat iris.csv | \"$CHAINRULE\" train - --target species --epochs 1")
    #expect(piped.code == 0 && piped.output.contains("saved model.safetensors"))
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    #expect(chainrule.read("model.safetensors")?.suffix(800) == chainrule.read("iris.safetensors")?.suffix(800))
  }
}
