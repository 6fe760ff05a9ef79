import ChainruleFigures
import ChainruleSVG
import Foundation
import Testing

/// The pictures have the colours of the page.
struct PaletteTests {
  private static func file(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func colorsAreThePages() throws {
    let styles = try Self.file("Web/site/styles.js")
    let found = styles.matches(of: /--chainrule-(\w+): (#[0-9a-f]{6});/).map { [String($0.1), String($0.2)] }
    var roles: [Role] = []
    while let role = Role(rawValue: Int32(roles.count)) { roles.append(role) }
    let ours = [false, true].flatMap { isDark in
      roles.map { ["\($0)", SVGPalette.color($0, isDark: isDark)] }
    }
    #expect(found == ours)
  }

  @Test func rolesAreThePages() throws {
    let palette = try Self.file("Web/site/palette.js")
    let list = try #require(palette.firstMatch(of: /roles = \[([^\]]*)\]/)).1
    let names = list.matches(of: /"(\w+)"/).map { String($0.1) }
    #expect(names == names.indices.compactMap { Role(rawValue: Int32($0)).map { "\($0)" } })
    #expect(Role(rawValue: Int32(names.count)) == nil)
  }

  @Test func fontIsThePages() throws {
    let styles = try Self.file("Web/site/styles.js")
    #expect(styles.contains("--chainrule-font: \(SVGPalette.font);"))
  }
}
