import ChainruleFigures
import ChainruleSVG
import Testing

/// Every figure as a document that other programs can read.
struct PictureTests {
  private static let names = FigureCatalogue.entries.map(\.name.description)

  /// The figure as it begins, at the ends of its parameters, and on its way.
  private func states(of name: String) throws -> [any Figure] {
    let entry = try FigureRequest(name: name).entry
    let ends = [false, true].map { isHigh in
      let figure = entry.make()
      for (index, parameter) in figure.parameters.enumerated() where parameter.kind != .action {
        figure.set(index, to: isHigh ? parameter.maximum : parameter.minimum)
      }
      return figure
    }
    let moving = try? FigureRequest(name: name, steps: 40).figure()
    return [entry.make()] + ends + (moving.map { [$0] } ?? [])
  }

  @Test(arguments: names, [350, 820] as [Float])
  func isWellFormed(_ name: String, width: Float) throws {
    let entry = try FigureRequest(name: name).entry
    for figure in try states(of: name) {
      let picture = figure.picture(of: entry, width: width)
      let document = XMLReader(picture)
      #expect(document.problem == nil)
      let root = try #require(document.elements.first)
      #expect(root.name == "svg" && root.attributes["role"] == "img")
      #expect(root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
      let height = figure.preferredHeight(forWidth: width).rounded()
      #expect(root.attributes["viewBox"] == "0 0 \(Int(width)) \(Int(height))")
      #expect(document.all("title").map(\.text) == [entry.title.description])
      #expect(document.all("desc").map(\.text) == [figure.words])
      expectNumbers(in: document)
      expectReferences(in: document)
      #expect(picture == figure.picture(of: entry, width: width), "the same figure, the same picture")
      // The same words as in the page.
      let list = DisplayList()
      list.begin(size: Size(width, height))
      figure.draw(on: list)
      #expect(document.all("text").map(\.text) == texts(list))
    }
  }

  @Test("any width gives a document", arguments: names)
  func anyWidth(_ name: String) throws {
    let request = try FigureRequest(name: name)
    let figure = try request.figure()
    for width in [.nan, -1, 0, 1, 100.3, 333.33, 5_000, 3e38, .infinity] as [Float] {
      let document = XMLReader(figure.picture(of: request.entry, width: width))
      #expect(document.problem == nil, "\(width)")
      let box = document.elements.first?.attributes["viewBox"]?.split(separator: " ").compactMap { Double($0) } ?? []
      #expect(box.count == 4 && box.allSatisfy { $0 >= 0 && $0 <= 16_384 }, "\(width): \(box)")
      expectNumbers(in: document)
    }
  }

  /// Every number is short: no exponent, no more decimals than drawing needs.
  private func expectNumbers(in document: XMLReader) {
    for element in document.elements.dropFirst() {
      for (name, value) in element.attributes
      where ["x", "y", "cx", "cy", "r", "width", "height", "d", "font-size", "stroke-width"].contains(name) {
        #expect(value.wholeMatch(of: /([MLlz ]*-?\d+(\.\d\d?)?)+z?/) != nil, "\(element.name) \(name)=\(value)")
      }
    }
  }

  /// Every class has a rule in light and in dark, every rule is in use, and every clip's target exists.
  private func expectReferences(in document: XMLReader) {
    let styles = document.all("style").first?.text ?? ""
    let rules = styles.matches(of: /^\.chainrule \.([\w-]+)\{(?:fill|stroke):#[0-9a-f]{6}\}$/.anchorsMatchLineEndings())
      .map { String($0.1) }
    let classes = Set(
      document.elements.dropFirst().flatMap { ($0.attributes["class"] ?? "").split(separator: " ").map(String.init) })
    #expect(rules.sorted() == (Array(classes) + Array(classes)).sorted())
    let clips = document.all("clipPath").compactMap { $0.attributes["id"] }
    let used = Set(document.elements.compactMap { $0.attributes["clip-path"] })
    #expect(used == Set(clips.map { "url(#\($0))" }) && Set(clips).count == clips.count)
  }

  /// The texts of a display list, in order.
  private func texts(_ list: DisplayList) -> [String] {
    let lengths: [Float: (Int) -> Int] = [
      1: { 6 + 2 * Int(list.floats[$0 + 5]) }, 2: { 4 + 2 * Int(list.floats[$0 + 3]) }, 3: { _ in 9 }, 4: { _ in 11 },
      5: { _ in 10 }, 6: { _ in 11 }, 7: { _ in 5 }, 8: { _ in 1 }, 9: { 6 + 2 * Int(list.floats[$0 + 5]) },
    ]
    var texts: [String] = []
    var place = 0
    while place < list.floats.count, let length = lengths[list.floats[place]] {
      if list.floats[place] == 5 {
        let start = Int(list.floats[place + 8])
        texts.append(String(decoding: list.bytes[start..<(start + Int(list.floats[place + 9]))], as: UTF8.self))
      }
      place += length(place)
    }
    return texts
  }
}
