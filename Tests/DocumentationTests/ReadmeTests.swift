import Foundation
import Testing

/// The README's example is the snippet that the package compiles, and it does what it says.
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func exampleIsTheSnippet() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let snippet = try String(contentsOf: Self.root.appending(path: "Snippets/Quickstart.swift"), encoding: .utf8)
    #expect(readme.contains("```swift\n" + snippet + "```"))
    #expect(snippet.split(separator: "\n").count <= 10)
  }

  @Test func exampleLearns() throws {
    let process = Process()
    process.executableURL = Self.products.appending(path: "Quickstart")
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let line = try #require(output.split(separator: "\n").first)
    let values = line.trimmingCharacters(in: ["[", "]"]).split(separator: ", ").compactMap { Float($0) }
    #expect(values.map { $0.rounded() } == [0, 1, 1, 0])
  }

  /// The folder of built products, in which the test bundle lies too.
  private static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
}
