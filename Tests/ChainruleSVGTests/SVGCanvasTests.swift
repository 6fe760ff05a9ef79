import ChainruleFigures
import ChainruleSVG
import Testing

/// What each operation of a canvas writes.
struct SVGCanvasTests {
  /// The lines that drawing adds to the body, without the background.
  private func body(_ draw: (SVGCanvas) -> Void) -> [String] {
    let canvas = SVGCanvas(size: Size(100, 50), name: "test")
    draw(canvas)
    let document = canvas.document(title: "", description: "")
    #expect(XMLReader(document).problem == nil)
    let lines = document.split(separator: "\n").map(String.init)
    let background = lines.firstIndex(of: #"<rect class="background" width="100" height="50"/>"#)!
    return Array(lines[(background + 1)...].dropLast())
  }

  @Test func lines() {
    let points = [Point(0, 0.126), Point(10, -0.001), Point(2.5, 99.999), Point(1, 2)]
    #expect(
      body { $0.polyline(points, stroke: Stroke(.curve, width: 2.5, opacity: 0.4, dash: 3)) } == [
        #"<path class="curve-s" stroke-width="2.5" stroke-opacity="0.4" stroke-dasharray="3" "#
          + #"d="M0 0.13 10 0 2.5 100 1 2"/>"#
      ])
    #expect(
      body { $0.segments(points, stroke: Stroke(.grid)) } == [#"<path class="grid-s" d="M0 0.13 10 0M2.5 100 1 2"/>"#])
    #expect(
      body { $0.polygon(points, fill: Fill(.series3, opacity: 0.25)) } == [
        #"<path class="series3" fill-opacity="0.25" d="M0 0.13 10 0 2.5 100 1 2z"/>"#
      ])
  }

  @Test func emptyLinesLeaveNothing() {
    let lines = body { canvas in
      for points in [[], [Point(1, 2)]] {
        canvas.polyline(points, stroke: Stroke(.ink))
        canvas.segments(points, stroke: Stroke(.ink))
        canvas.polygon(points, fill: Fill(.ink))
      }
    }
    #expect(lines.isEmpty)
  }

  @Test func shapes() {
    // As in the page, neither is ever dashed.
    let stroke = Stroke(.focus, width: 2, dash: 4)
    #expect(
      body { $0.circle(center: Point(3, 4), radius: 5.5, fill: Fill(.accent), stroke: stroke) } == [
        #"<circle class="accent focus-s" stroke-width="2" cx="3" cy="4" r="5.5"/>"#
      ])
    #expect(
      body { $0.rectangle(Rectangle(0, 2, 30, 40), cornerRadius: 6, fill: nil, stroke: stroke) } == [
        #"<rect class="focus-s" stroke-width="2" y="2" width="30" height="40" rx="6"/>"#
      ])
  }

  @Test func wordsAreEscaped() {
    let text = "“η” < 1 & σ\u{2009}> −2 \"\u{1B}\0]]>"
    let canvas = SVGCanvas(size: Size(100, 50), name: "test")
    canvas.text(Array(text.utf8), at: Point(50, 20), size: 13, alignment: .middle, bold: true, fill: Fill(.ink))
    canvas.text([0xFF, 0x61], at: Point(0, 20), size: 12, alignment: .end, bold: false, fill: Fill(.muted))
    let document = XMLReader(canvas.document(title: text, description: text))
    #expect(document.problem == nil)
    let readable = "“η” < 1 & σ\u{2009}> −2 \"\u{FFFD}\u{FFFD}]]>"
    #expect(document.all("title").first?.text == readable && document.all("desc").first?.text == readable)
    let words = document.all("text")
    #expect(words.map(\.text) == [readable, "\u{FFFD}a"])
    #expect(
      words[0].attributes == [
        "class": "ink", "x": "50", "y": "20", "font-size": "13", "font-weight": "600", "text-anchor": "middle",
      ])
    #expect(words[1].attributes == ["class": "muted", "y": "20", "text-anchor": "end"])
  }

  @Test func clipsNestAndAreWrittenOnce() {
    let canvas = SVGCanvas(size: Size(100, 50), name: "test")
    let (outer, inner) = (Rectangle(0, 0, 50, 50), Rectangle(10, 10, 20, 20))
    for _ in 0..<2 {
      canvas.clip(to: outer)
      canvas.clip(to: inner)
      canvas.circle(center: Point(1, 1), radius: 1, fill: Fill(.ink), stroke: nil)
      canvas.endClip()
      canvas.endClip()
    }
    let document = XMLReader(canvas.document(title: "", description: ""))
    #expect(document.problem == nil)
    #expect(document.all("clipPath").map { $0.attributes["id"] } == ["test-0", "test-1"])
    #expect(document.all("circle").allSatisfy { $0.parents == ["svg", "g", "g"] })
    #expect(document.all("g").map { $0.attributes["clip-path"] } == ["url(#test-0)", "url(#test-1)"] * 2)
  }

  @Test func themes() {
    let canvas = SVGCanvas(size: Size(100, 50), name: "test")
    canvas.polyline([Point(0, 0), Point(1, 1)], stroke: Stroke(.ink))
    func styles(_ theme: SVGTheme) -> String {
      XMLReader(canvas.document(title: "", description: "", theme: theme)).all("style")[0].text
    }
    let light = "\n.chainrule .background{fill:#ffffff}\n.chainrule .ink-s{stroke:#1c2330}\n"
    let dark = "\n.chainrule .background{fill:#14181f}\n.chainrule .ink-s{stroke:#e8ebf0}\n"
    #expect(styles(.light) == light)
    #expect(styles(.dark) == dark)
    #expect(styles(.auto) == light + "@media screen and (prefers-color-scheme:dark){" + dark + "}\n")
  }

  @Test func aFieldIsAreasOnItsSurface() {
    // One row from the lowest level to the highest; the middle is between the second and the third.
    let lines = body {
      $0.field(
        [0, 85, 170, 255], columns: 4, rows: 1, in: Rectangle(8, 9, 64, 16), low: .negative, high: .positive,
        opacity: 0.5)
    }
    #expect(
      Array(lines.prefix(3)) == [
        #"<g opacity="0.5">"#, #"<rect class="surface" x="8" y="9" width="64" height="16"/>"#,
        #"<g transform="translate(8 9) scale(1 1)">"#,
      ])
    let areas = lines.dropFirst(3).dropLast(2)
    let (low, high) = (areas.filter { $0.contains("\"negative\"") }, areas.filter { $0.contains("\"positive\"") })
    #expect(low.count == 24 && high.count == 24 && areas.count == 48)
    // The last areas begin at the center of their dots, over all of the rows, and hide those below.
    #expect(high.last?.contains("opacity") == false)
    // The level 127.5 + 127.5 · 0.5/24 is crossed 32.503 units from the left, and the one as far below 31.497.
    #expect(high.first == #"<path class="positive" fill-opacity="0.042" d="M40 0l24 0 0 16-31 0 0-16z"/>"#)
    #expect(high.last == #"<path class="positive" d="M56 0l8 0 0 16-8 0 0-16z"/>"#)
    #expect(low.first == #"<path class="negative" fill-opacity="0.042" d="M0 0l32 0 0 16-32 0 0-16z"/>"#)
  }

  @Test("a shape that can't be drawn ends the program with a message")
  func mistakes() async throws {
    let number = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let canvas = SVGCanvas(size: Size(9, 9), name: "a")
      canvas.circle(center: Point(.nan, 0), radius: 1, fill: Fill(.ink), stroke: nil)
    }
    #expect(said(number).contains("found nan in a drawing; expected a finite number below a billion"))
    let field = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let canvas = SVGCanvas(size: Size(9, 9), name: "a")
      canvas.field(
        [1, 2, 3], columns: 0, rows: 3, in: Rectangle(0, 0, 9, 9), low: .negative, high: .positive, opacity: 1)
    }
    #expect(said(field).contains("found 3 levels for 3 rows of 0; each dot needs one"))
    #expect(said(field).contains("ChainruleSVG/Contours.swift:"))
  }

  private func said(_ result: ExitTest.Result) -> String {
    String(decoding: result.standardErrorContent, as: UTF8.self)
  }
}

private func * (list: [String], count: Int) -> [String] { (0..<count).flatMap { _ in list } }
