import Foundation
import Testing

/// The README's example is a snippet that the package compiles, and it does what the README says.
struct ReadmeTests {
  @Test func exampleIsTheSnippet() throws {
    let readme = try Repository.text(of: "README.md")
    let snippet = try Repository.text(of: "Snippets/Quickstart.swift")
    #expect(readme.contains("```swift\n" + snippet + "```"))
    #expect(snippet.split(separator: "\n").count <= 10)
  }

  @Test func exampleLearns() throws {
    let (status, output) = try Repository.run(snippet: "Quickstart")
    #expect(status == 0)
    let line = try #require(output.split(separator: "\n").first)
    let values = line.trimmingCharacters(in: ["[", "]"]).split(separator: ", ").compactMap { Float($0) }
    #expect(values.map { $0.rounded() } == [0, 1, 1, 0])
  }
}
