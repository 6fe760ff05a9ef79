import ArgumentParser
import ChainruleServer
import Foundation

struct LabCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Serve the lab, live figures of networks that learn, to a browser on this machine.",
    discussion: "Prints the address to open. Ctrl-C ends it.")

  @Option(help: ArgumentHelp("The port to listen on; if it is busy, the next free one.", valueName: "number"))
  var port = 8080

  @Option(
    help: ArgumentHelp(
      "The folder of the built site. (default: .build-site, here or in a folder above the program)", valueName: "folder"
    ))
  var site: String?

  func run() async throws {
    try await LabServer(site: siteFolder, preferredPort: port).run { address in
      do {
        try StandardOutput.write("\(address)\n")
      } catch {
        Failure(error).exit()
      }
    }
  }

  private var siteFolder: URL {
    let name = ".build-site"
    if let site { return URL(fileURLWithPath: site) }
    let here = URL(fileURLWithPath: name)
    var folder = Bundle.main.bundleURL.resolvingSymlinksInPath()
    while !FileManager.default.fileExists(atPath: here.path), folder.path != "/" {
      let candidate = folder.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return here
  }
}
