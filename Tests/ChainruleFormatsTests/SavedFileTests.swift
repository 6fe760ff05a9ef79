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
