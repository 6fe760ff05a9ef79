import ChainruleFormats
import Foundation
import Testing

@Suite struct SavedFileTests {
  private let old = Data("old".utf8)
  private let new = Data("new".utf8)

  @Test func aNewFileReplacesTheOlderOne() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m")
    try SavedFile.write(old, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try SavedFile.write(new, to: path)
    #expect(FileManager.default.contents(atPath: path) == new)
    #expect(try folder.names == ["m"])
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
  }

  @Test func aLinkStaysALink() throws {
    let folder = try TemporaryFolder()
    try SavedFile.write(old, to: folder.file("m"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "m")
    try SavedFile.write(new, to: folder.file("link"))
    #expect(FileManager.default.contents(atPath: folder.file("m")) == new)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == "m")
  }

  @Test func whatCanNotBeSavedSaysWhy() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: SavedFileError.self) { try SavedFile.write(new, to: folder.file("no/m")) }
    #expect(missing?.isCreation == true && missing?.reason.contains("create it first") == true)
    let isFolder = #expect(throws: SavedFileError.self) { try SavedFile.write(new, to: folder.path) }
    #expect(isFolder?.isCreation == true && isFolder?.reason.contains("folder") == true)
  }

  @Test(
    "names that can't work are refused before any work", arguments: ["", "x/", "\u{0}", "file/m", "loop", "dangling"])
  func impossibleNames(_ name: String) throws {
    let folder = try TemporaryFolder()
    try SavedFile.write(old, to: folder.file("file"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("loop"), withDestinationPath: "loop")
    try FileManager.default.createSymbolicLink(atPath: folder.file("dangling"), withDestinationPath: "nowhere")
    let names = try folder.names
    let error = #expect(throws: SavedFileError.self) {
      try SavedFile.check(name.isEmpty ? "" : folder.file(name))
    }
    #expect(error?.isCreation == true)
    #expect(try folder.names == names)
  }

  @Test func aNameMayHave255Bytes() throws {
    let folder = try TemporaryFolder()
    let longest = String(repeating: "ö", count: 127) + "m"
    #expect(try SavedFile.check(folder.file(longest)) == .nothing)
    try SavedFile.write(new, to: folder.file(longest))
    #expect(FileManager.default.contents(atPath: folder.file(longest)) == new)
    let error = #expect(throws: SavedFileError.self) { try SavedFile.check(folder.file(longest + "m")) }
    #expect(error?.isCreation == true && error?.reason.contains("too long") == true)
    #expect(try folder.names == [longest])
  }

  @Test func checkingSaysWhatIsThere() throws {
    let folder = try TemporaryFolder()
    let model = TensorFile(name: "m", tensors: [], metadata: ["chainrule": "1", "a": "b"])
    try SavedFile.write(model.encoded(), to: folder.file("model"))
    try SavedFile.write(TensorFile(name: "m", tensors: []).encoded(), to: folder.file("tensors"))
    try SavedFile.write(old, to: folder.file("text"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "model")
    #expect(try SavedFile.check(folder.file("new")) == .nothing)
    #expect(try SavedFile.check(folder.file("model")) == .model)
    #expect(try SavedFile.check(folder.file("link")) == .model)
    #expect(try SavedFile.check(folder.file("tensors")) == .otherFile)
    #expect(try SavedFile.check(folder.file("text")) == .otherFile)
    #expect(try SavedFile.check("/dev/null") == .device)
    #expect(try folder.names == ["link", "model", "tensors", "text"])
    #expect(SavedFile.isSame(folder.file("link"), folder.path + "/./model"))
    #expect(!SavedFile.isSame(folder.file("text"), folder.file("model")))
    #expect(!SavedFile.isSame(folder.file("no"), folder.file("no")))
  }

  @Test func temporaryFilesOfKilledProcessesAreRemoved() throws {
    let folder = try TemporaryFolder()
    // A process that has ended, and this one, which is still running.
    let process = try Process.run(URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "exit 0"])
    process.waitUntilExit()
    let dead = ".m.\(process.processIdentifier).123.chainrule-tmp"
    let alive = ".m.\(getpid()).123.chainrule-tmp"
    let foreign = [".m.\(process.processIdentifier).123.tmp", ".m.x.123.chainrule-tmp", "m.safetensors"]
    for name in foreign + [dead, alive] { try Data().write(to: URL(fileURLWithPath: folder.file(name))) }
    try SavedFile.check(folder.file("m.safetensors"))
    #expect(try folder.names == (foreign + [alive]).sorted())
  }

  @Test func aDeviceIsWrittenAndNeverReplaced() throws {
    try SavedFile.write(new, to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #if os(Linux)
      let error = #expect(throws: SavedFileError.self) { try SavedFile.write(new, to: "/dev/full") }
      #expect(error?.isCreation == false)
      #expect(error?.reason.contains("no space left") == true)
    #endif
  }
}
