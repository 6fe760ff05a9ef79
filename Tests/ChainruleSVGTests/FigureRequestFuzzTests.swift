import ChainruleFigures
import ChainruleSVG
import Fuzzing
import Testing

/// No text for a figure's settings crashes.
struct FigureRequestFuzzTests {
  @Test("50,000 damaged settings")
  func settings() {
    var mutator = Mutator(
      examples: FigureCatalogue.entries.flatMap { entry in
        let figure = entry.make()
        return figure.parameters.map { "\($0.name.description)=\($0.maximum)" }
      },
      pieces: ["=", "-", "nan", "inf", "1e39", "true", "off", "0", "9", " ", "é", "\u{0}"], seed: 17)
    let names = FigureCatalogue.entries.map(\.name.description)
    var accepted = 0
    for round in 0..<Fuzzing.count(50_000) {
      let text = String(decoding: mutator.next(), as: UTF8.self)
      do throws(FigureRequestError) {
        let request = try FigureRequest(name: names[round % names.count], settings: [text])
        _ = try request.figure()
        accepted += 1
      } catch {
        if error.description.contains("\n\n") { Issue.record("“\(text)”: \(error)") }
      }
    }
    #expect(accepted > 500)
  }
}
