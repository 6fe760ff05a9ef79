import Foundation
import Testing

/// The library's documentation shows code that compiles, with its real output.
struct CatalogueTests {
  /// The pages of all modules: their paths without the extension.
  static let pages = ["Chainrule", "ChainruleTables", "ChainruleData", "ChainruleFormats"].flatMap { module in
    let folder = "Sources/\(module)/\(module).docc"
    return Repository.names(in: folder, ending: "md").map { "\(folder)/\($0)" }
  }
  static let snippets = Repository.names(in: "Snippets", ending: "swift")

  @Test func pagesAndSnippetsAreFound() {
    #expect(Self.pages.contains { $0.hasSuffix("/GettingStarted") } && Self.snippets.contains("GettingStarted"))
    #expect(Self.pages.contains { $0.hasSuffix("/PyTorchFiles") } && Self.pages.count > 13)
  }

  @Test(arguments: snippets) func snippetRuns(name: String) throws {
    let (status, output) = try Repository.run(snippet: name)
    #expect(status == 0)
    #expect(!output.isEmpty)
  }

  /// Code of more than three lines is part of a snippet, and the output on the page is what that snippet prints.
  @Test(arguments: pages) func codeIsInASnippet(page: String) throws {
    let snippets = try Self.snippets.map { name in
      (name: name, lines: try Repository.text(of: "Snippets/\(name).swift").components(separatedBy: "\n"))
    }
    var snippet: String?
    for block in Self.blocks(of: try Repository.text(of: "\(page).md")) {
      switch block.language {
      case "swift":
        snippet = snippets.first { Self.contains($0.lines, block.lines) }?.name
        if block.lines.count > 3 {
          #expect(snippet != nil, "\(page).md, line \(block.line): no snippet has this code")
        }
      case "text":
        let name = try #require(snippet, "\(page).md, line \(block.line): no snippet stands before this output")
        let output = try Repository.run(snippet: name).output.components(separatedBy: "\n")
        #expect(
          Self.contains(output, block.lines), "\(page).md, line \(block.line): \(name) does not print this")
      default: break
      }
    }
  }

  private struct Block {
    let language: String
    /// The number of its first line in the page, from 1.
    let line: Int
    var lines: [String] = []
  }

  /// The text between fences.
  private static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if !line.hasPrefix("```") {
        open?.lines.append(line)
      } else if let block = open {
        blocks.append(block)
        open = nil
      } else {
        open = Block(language: String(line.dropFirst(3)), line: index + 2)
      }
    }
    return blocks
  }

  /// Whether the lines of `part` are in `whole`, one after another, possibly indented further.
  private static func contains(_ whole: [String], _ part: [String]) -> Bool {
    guard let first = part.first, whole.count >= part.count else { return false }
    return (0...(whole.count - part.count)).contains { start in
      guard whole[start].hasSuffix(first) else { return false }
      let indent = whole[start].dropLast(first.count)
      guard indent.allSatisfy({ $0 == " " }) else { return false }
      return part.indices.allSatisfy { index in
        whole[start + index] == (part[index].isEmpty ? "" : indent + part[index])
      }
    }
  }
}
