import Foundation
import Testing

@Suite struct HelpTests {
  @Test(arguments: 0...helpScreens.count)
  func screensAreAsAgreed(_ index: Int) throws {
    let (arguments, text) = (trainHelpScreen + helpScreens)[index]
    let chainrule = try Chainrule()
    for call in [["help"] + arguments, arguments + ["--help"]] {
      let result = try chainrule.run(call)
      #expect(result.code == 0)
      #expect(result.errors.isEmpty)
      // Trailing blanks and lines don't matter.
      let shown = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.replacing(/\s+$/, with: "") }.joined(separator: "\n")
      #expect(shown.trimmingCharacters(in: .newlines) == text)
    }
  }

  @Test func theVersionIsShown() throws {
    let result = try Chainrule().run(["--version"])
    #expect(result.code == 0)
    #expect(result.output == "0.1.0\n")
  }

  @Test func withoutArgumentsThereIsHelp() throws {
    let result = try Chainrule().run([])
    #expect(result.code == 0)
    #expect(result.output.contains("USAGE: chainrule <subcommand>"))
  }
}
