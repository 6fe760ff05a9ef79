import Foundation
import Testing

@Suite struct SavingTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  @Test func aFullDiskLeavesTheOlderFileWhole() throws {
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    let older = try #require(chainrule.read("iris.safetensors"))
    // No file may grow beyond 1 KiB, and the model needs more. The signal for it has its default action, as in any
    // shell.
    let result = try chainrule.shell(
      "ulimit -f 1; \"$CHAINRULE\" train iris.csv --target species --epochs 1 --output iris.safetensors 2>&1 >/dev/null "
        + "| cat; exit ${PIPESTATUS[0]}")
    #expect(result.code == 74)
    #expect(result.output.hasSuffix("can't save iris.safetensors: could not write the file: file too large\n"))
    #expect(chainrule.read("iris.safetensors") == older)
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }

  #if os(Linux)
    @Test func aFullDeviceIsReportedAndKept() throws {
      let save = try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "/dev/full"])
      #expect(save.code == 74)
      let reason = "could not write the file: no space left on device"
      #expect(save.errorLines.last == "chainrule: can't save /dev/full: \(reason)")
      try chainrule.run(Chainrule.iris + ["--epochs", "1"])
      for command in [
        "predict iris.safetensors iris.csv", "evaluate iris.safetensors iris.csv", "inspect iris.safetensors",
        "describe iris.csv", "--help", "help train", "--version",
      ] {
        let result = try chainrule.shell("\"$CHAINRULE\" \(command) > /dev/full")
        #expect(result.code == 74)
        #expect(result.errors == "chainrule: can't write to standard output: no space left on device\n")
      }
    }
  #endif

  @Test(arguments: ["-", "/dev/stdout"])
  func standardOutputCanTakeTheModel(_ name: String) throws {
    let result = try chainrule.shell(
      "\"$CHAINRULE\" train iris.csv --target species --epochs 1 --output \(name) 2>report | cat > piped; "
        + "exit ${PIPESTATUS[0]}")
    #expect(result.code == 0)
    try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "m"])
    #expect(try #require(chainrule.read("piped")).suffix(800) == chainrule.read("m")?.suffix(800))
    #expect(try chainrule.run(["evaluate", "piped", "iris.csv"]).code == 0)
    #expect(String(decoding: try #require(chainrule.read("report")), as: UTF8.self).contains("accuracy"))
    #expect(try chainrule.names == ["iris.csv", "m", "piped", "report"])
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
    // The next run removes what a run that was killed while saving leaves behind.
    try chainrule.write("", to: ".iris.safetensors.\(process.processIdentifier).7.chainrule-tmp")
    try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    #expect(try chainrule.names == ["iris.csv", "iris.safetensors"])
  }

  @Test func noCommandWritesOverItsInput() throws {
    let table = try #require(chainrule.read("iris.csv"))
    try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "m"])
    let model = chainrule.read("m")
    try FileManager.default.createSymbolicLink(atPath: chainrule.path("link.csv"), withDestinationPath: "iris.csv")
    try FileManager.default.linkItem(atPath: chainrule.path("m"), toPath: chainrule.path("same"))
    for arguments in [
      Chainrule.iris + ["--output", "iris.csv"], Chainrule.iris + ["--output", "./link.csv"],
      ["predict", "m", "iris.csv", "--output", "iris.csv"], ["predict", "m", "iris.csv", "--output", "m"],
      ["train", "iris.csv", "--continue", "m", "--output", "same"],
      Chainrule.iris + ["--initial-weights", "m", "--output", "m"],
      ["train", "link.csv", "--target", "species", "--test", "iris.csv", "--output", "iris.csv"],
    ] {
      let result = try chainrule.run(arguments)
      #expect(result.code == 73 && result.errorLines.count == 1 && result.output.isEmpty)
      #expect(result.errors.contains("this command reads that file"), "\(result.errors)")
    }
    #expect(chainrule.read("iris.csv") == table && chainrule.read("m") == model)
    #expect(
      try chainrule.run(["train", "iris.csv", "--continue", "m", "--output", "m", "--epochs", "1", "--force"]).code == 0
    )
    #expect(chainrule.read("m") != model)
  }

  @Test func otherFilesAreReplacedByForceOnly() throws {
    try chainrule.write("notes", to: "notes.txt")
    try chainrule.write("<svg/>", to: "relu.svg")
    for arguments in [Chainrule.iris + ["--epochs", "1", "--output", "notes.txt"], ["figure", "relu"]] {
      let result = try chainrule.run(arguments)
      #expect(result.code == 73 && result.errorLines.count == 1 && result.errors.contains("--force"))
    }
    #expect(chainrule.read("notes.txt") == Data("notes".utf8) && chainrule.read("relu.svg") == Data("<svg/>".utf8))
    #expect(try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "notes.txt", "--force"]).code == 0)
    #expect(try chainrule.run(["figure", "relu", "--force"]).code == 0)
    #expect(try chainrule.run(["inspect", "notes.txt"]).code == 0)
  }

  @Test func anOlderModelIsReplacedWithAWord() throws {
    let first = try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    #expect(first.output.contains("saved iris.safetensors\n"))
    let second = try chainrule.run(Chainrule.iris + ["--epochs", "1"])
    #expect(second.code == 0 && second.output.contains("saved iris.safetensors, replacing an older model\n"))
  }

  @Test(
    "invalid names are refused before the table is read",
    arguments: ["", "dangling", "loop", "iris.csv/m", "no/m", String(repeating: "n", count: 256)])
  func impossibleNames(_ name: String) throws {
    try FileManager.default.createSymbolicLink(atPath: chainrule.path("loop"), withDestinationPath: "loop")
    try FileManager.default.createSymbolicLink(atPath: chainrule.path("dangling"), withDestinationPath: "nowhere")
    let names = try chainrule.names
    for arguments in [
      ["train", "no.csv", "--target", "x", "--output", name], ["predict", "no", "no.csv", "--output", name],
      ["figure", "relu", "--output", name],
    ] {
      let result = try chainrule.run(arguments)
      #expect(result.code == 73 && result.errorLines.count == 1, "\(result.errors)")
    }
    #expect(try chainrule.names == names)
  }

  @Test func theNextCommandCanBeTyped() throws {
    let result = try chainrule.run(Chainrule.iris + ["--epochs", "1", "--output", "my model's"])
    let next = String(try #require(result.lines.last { $0.hasPrefix("next: ") }).dropFirst("next: ".count))
    let line = next.replacing("chainrule", with: "\"$CHAINRULE\"", maxReplacements: 1)
      .replacing("new.csv", with: "iris.csv")
    #expect(try chainrule.shell(line).lines.count == 151)
  }
}
