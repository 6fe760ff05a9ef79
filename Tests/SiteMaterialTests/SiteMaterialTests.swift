import Foundation
import Testing

/// The program that builds the site's material, run in a temporary folder.
@Suite final class SiteMaterialTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("material-\(UUID())")

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The program, which is built next to the tests.
  private static let program: URL = {
    #if os(macOS)
      let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!.bundleURL
        .deletingLastPathComponent()
    #else
      let products = Bundle.main.bundleURL
    #endif
    return products.appendingPathComponent("SiteMaterial")
  }()

  private func run(_ arguments: [String]) throws -> (code: Int32, errors: String) {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  private func json(_ name: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  private func dates() throws -> [String: Date] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        let values = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent($0).path)
        return ($0, values[.modificationDate] as! Date)
      })
  }

  @Test func writesAllOfItAndThenWhatChanged() throws {
    #expect(try run([folder.path]) == (0, ""))
    try expectFigures()
    try expectFacts()
    let card = try String(contentsOf: folder.appendingPathComponent("card.svg"), encoding: .utf8)
    #expect(card.contains("viewBox=\"0 0 1200 630\"") && card.contains(">A network you can see through</text>"))
    #expect(!card.contains("prefers-color-scheme"))
    try expectThatOnlyWhatChangedIsWritten()
  }

  private func expectFigures() throws {
    let figures = try #require(json("figures.json") as? [[String: Any]])
    #expect(figures.count >= 7)
    for figure in figures {
      let name = try #require(figure["name"] as? String)
      let picture = try String(contentsOf: folder.appendingPathComponent("figures/\(name).svg"), encoding: .utf8)
        .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
        .replacing("&amp;", with: "&")
      let words = try #require(figure["description"] as? String)
      #expect(picture.contains("<title>\(figure["title"] as! String)</title>") && picture.contains("<desc>\(words)"))
      #expect(picture.contains("prefers-color-scheme"))
      #expect((figure["keys"] as? [[String]])?.contains { $0.count != 2 } == false)
      let heights = try #require(figure["heights"] as? [String: Int])
      #expect(heights.keys.sorted() == ["350", "820"])
      #expect(picture.contains(" viewBox=\"0 0 820 \(heights["820"]!)\""))
    }
    let descent = try #require(figures.first { $0["name"] as? String == "learning-rate" })
    let rate = try #require(
      (descent["parameters"] as? [[String: Any]])?.first { $0["name"] as? String == "learning-rate" })
    #expect(rate["label"] as? String == "Learning rate" && rate["kind"] as? String == "number")
    #expect(rate["minimum"] as? Double == 0.01 && rate["maximum"] as? Double == 1.2 && rate["step"] as? Double == 0.01)
    #expect(rate["value"] as? Double == 0.3 && (rate["choices"] as? [String])?.isEmpty == true)
  }

  /// Exactly the facts that the text uses exist.
  private func expectFacts() throws {
    let facts = try #require(json("facts.json") as? [String: String])
    #expect(facts["parameters-pictures"] == "101,770" && facts["parameters-pictures-first"] == "100,480")
    // 0.4 and 0.9 to these powers are the first below a hundredth.
    #expect(facts["descent-0.3"] == "6" && facts["descent-0.05"] == "44")
    #expect(facts["quarter-20"] == "0.0000000000009")
    let course = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Web/course")
    var names: Set<String> = []
    for chapter in try FileManager.default.contentsOfDirectory(at: course, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: chapter, encoding: .utf8)
      names.formUnion(text.matches(of: /fact\("([^"]+)"\)/).map { String($0.1) })
    }
    #expect(names == Set(facts.keys))
  }

  private func expectThatOnlyWhatChangedIsWritten() throws {
    let before = try dates()
    try Data("old".utf8).write(to: folder.appendingPathComponent("facts.json"))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)],
      ofItemAtPath: folder.appendingPathComponent("facts.json").path)
    #expect(try run([folder.path]).code == 0)
    let after = try dates()
    #expect(before.keys == after.keys)
    #expect(Set(after.keys.filter { after[$0] != before[$0] && $0.contains(".") }) == ["facts.json"])
    #expect(try json("facts.json") is [String: String])
  }

  @Test func mistakesGetOneLine() throws {
    for arguments in [[], ["a", "b"], ["--help"]] {
      let (code, errors) = try run(arguments)
      #expect(
        code == 64 && errors == "SiteMaterial: expected one argument, the folder to write to: SiteMaterial FOLDER\n")
    }
    try Data().write(to: folder)
    let (code, errors) = try run([folder.path])
    #expect(code == 73 && errors.hasPrefix("SiteMaterial: can't write \(folder.path)/figures/"))
    #expect(errors.split(separator: "\n").count == 1)
  }
}
