import ArgumentParser
import ChainruleFigures
import ChainruleFormats
import ChainruleSVG
import Foundation

struct FigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure",
    abstract: "Draw a figure of the course as SVG, for slides and print.",
    discussion: """
      The picture is what the page shows: the same program draws both. Settings are made in order, then steps are taken.

      Example: chainrule figure classification --set seed=3 --steps 600 -o rings.svg
      """)

  @Argument(help: "The figure's name.")
  var name: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter: a number, or one of its words. An action, such as renew, has no value. May be repeated.",
      valueName: "parameter=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "Steps to take: the figure's own steps, or 1/60 second of play each if it has none.", valueName: "count"))
  var steps = 0

  @Option(help: ArgumentHelp("The picture's width in pixels, from 300 to 1440.", valueName: "pixels"))
  var width = 820

  @Option(help: "The colours; auto is light or dark as the reader's screen.")
  var theme = ThemeName.auto

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Where to save the picture, - for standard output. (default: the figure's name with .svg)", valueName: "file"))
  var output: String?

  @OptionGroup var force: ForceOption

  @Flag(help: "List the figures, or the parameters of the one named.")
  var list = false

  func validate() throws {
    if steps < 0 { throw ValidationError("--steps must be 0 or more, found \(steps)") }
    if width < 300 || width > 1440 { throw ValidationError("--width must be from 300 to 1440, found \(width)") }
    if name == nil && !list { throw ValidationError("Missing expected argument '<name>'; --list shows what there is") }
    // Check the settings before taking any step.
    do {
      _ = try request(steps: min(steps, 1))?.figure()
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() throws {
    guard let request = try request(steps: steps) else {
      return try StandardOutput.write(
        Self.lines(FigureCatalogue.entries.map { [$0.name, $0.title].map(\.description) }))
    }
    if list {
      let parameters = request.entry.make().parameters
      return try StandardOutput.write(
        Self.lines(parameters.map { [$0.name.description, $0.label.description, $0.range] }))
    }
    let path = output ?? request.entry.name.description + ".svg"
    let file = try OutputFile(path, force: force.force)
    let picture = try request.picture(width: Float(width), theme: theme.theme)
    try file.write(Data(picture.utf8))
    if !file.isStandardOutput { try StandardOutput.write("saved \(TextFormat.printable(path))\n") }
  }

  /// The request, if a figure is named.
  private func request(steps: Int) throws(FigureRequestError) -> FigureRequest? {
    guard let name else { return nil }
    return try FigureRequest(name: name, settings: settings, steps: steps)
  }

  /// Rows of texts, aligned in columns.
  private static func lines(_ rows: [[String]]) -> String {
    // The last column isn't padded.
    let widths = rows[0].indices.dropLast().map { column in rows.map { $0[column].count }.max() ?? 0 } + [0]
    return rows.map { row in
      zip(row, widths).map { $0.padding(toLength: max($0.count, $1), withPad: " ", startingAt: 0) }
        .joined(separator: "  ") + "\n"
    }.joined()
  }
}
