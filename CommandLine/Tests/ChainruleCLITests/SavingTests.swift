import Foundation
import Testing

@Suite struct SavingTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test func aFullDiskLeavesTheOlderFileWhole() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    let older = try #require(chainrule.read("iris.safetensors"))
    // No file may grow beyond 1 KiB: the model needs more. The signal for it is at its default, as in any shell.
    let result = try chainrule.shell(
      "ulimit -f 1; \"$CHAINRULE\" train iris.csv --target species --schema '4, 99 relu, 3 softmax' --epochs 1 "
        + "--output iris.safetensors 2>&1 >/dev/null | cat; exit ${PIPESTATUS[0]}")
    #expect(result.code == 74)
    #expect(result.output.hasSuffix("can't save iris.safetensors: could not write the file: file too large\n"))
    #expect(chainrule.read("iris.safetensors") == older)
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }

  #if os(Linux)
    @Test func aFullDeviceIsToldAboutAndKept() throws {
      let save = try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "/dev/full"])
      #expect(save.code == 74)
      let reason = "could not write the file: no space left on device"
      #expect(save.errorLines.last == "chainrule: can't save /dev/full: \(reason)")
      try chainrule.run(Chainrule.iris + ["--epochs", "1"])
      for command in [
        "predict iris.safetensors iris.csv", "evaluate iris.safetensors iris.csv", "inspect iris.safetensors",
      ] {
        let result = try chainrule.shell("\"$CHAINRULE\" \(command) > /dev/full")
        #expect(result.code == 74)
        #expect(result.errors == "chainrule: can't write to standard output: no space left on device\n")
      }
    }
  #endif

  @Test func standardOutputCanTakeTheModel() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "m"])
    let result = try chainrule.shell(
      "\"$CHAINRULE\" train iris.csv --target species --schema '4, 8 relu, 3 softmax' --epochs 1 --output /dev/stdout "
        + "2>report | cat > piped; exit ${PIPESTATUS[0]}")
    #expect(result.code == 0)
    #expect(chainrule.read("piped") == chainrule.read("m"))
    #expect(String(decoding: try #require(chainrule.read("report")), as: UTF8.self).contains("accuracy"))
  }

  @Test func aTableMayComeThroughAPipe() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    let result = try chainrule.shell("cat iris.csv | \"$CHAINRULE\" predict iris.safetensors /dev/stdin")
    #expect(result.code == 0)
    #expect(result.output == (try chainrule.run(["predict", "iris.safetensors", "iris.csv"]).output))
  }

  @Test func aKilledTrainingLeavesTheOlderFileWhole() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    let older = try #require(chainrule.read("iris.safetensors"))
    let process = chainrule.process(Chainrule.program, Chainrule.iris + ["--epochs", "100000000"])
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    usleep(100_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(chainrule.read("iris.safetensors") == older)
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }
}
