import ChainruleSVG
import Foundation

/// Writes what the site takes from the engine: `SiteMaterial FOLDER`.
///
/// | file | holds |
/// |---|---|
/// | `figures/NAME.svg` | each figure in a telling state, for pages without JavaScript |
/// | `figures.json` | each figure's title, words, keys, heights and parameters |
/// | `facts.json` | the texts of ``CourseFacts`` |
/// | `card.svg` | the site's picture for social networks |
@main
enum SiteMaterial {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 1, let folder = arguments.first, !folder.hasPrefix("-") else {
      fail("expected one argument, the folder to write to: SiteMaterial FOLDER", code: EX_USAGE)
    }
    do {
      try write(to: Folder(path: folder))
    } catch {
      fail("\(error)", code: error is Folder.Failure ? EX_CANTCREAT : EX_SOFTWARE)
    }
  }

  private static func write(to folder: Folder) throws {
    let figures = try FigureStates.requests()
    for request in figures {
      try folder.write(request.picture(width: 820), to: "figures/\(request.entry.name).svg")
    }
    try folder.write(json(figures.map(FigureFacts.init)), to: "figures.json")
    try folder.write(json(CourseFacts.texts()), to: "facts.json")
    try folder.write(SocialCard.document(), to: "card.svg")
  }

  /// Always the same text for the same value.
  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("SiteMaterial: \(message)\n".utf8))
    exit(code)
  }
}
