import Foundation
import Testing

@Suite struct FigureTests {
  private let chainrule: Chainrule

  init() throws { chainrule = try Chainrule() }

  private func picture(_ name: String) throws -> String {
    String(decoding: try #require(chainrule.read(name)), as: UTF8.self)
  }

  @Test func aFileOrStandardOutputTakesThePicture() throws {
    let saved = try chainrule.run(["figure", "relu"])
    #expect(saved.code == 0 && saved.output == "saved relu.svg\n" && saved.errors.isEmpty)
    let document = try picture("relu.svg")
    #expect(document.hasPrefix("<svg xmlns=") && document.hasSuffix("</svg>\n"))
    #expect(document.contains(" width=\"820\" "))
    let written = try chainrule.run(["figure", "relu", "-o", "-"])
    #expect(written.code == 0 && written.output == document)
    #expect(try chainrule.run(["figure", "relu", "--output", "/dev/stdout"]).output.hasPrefix(document))
    #expect(try chainrule.names == ["iris.csv", "relu.svg"])
  }

  @Test func optionsSayWhatIsShown() throws {
    try chainrule.run(["figure", "classification", "--steps", "30", "--theme", "dark", "--width", "400", "-o", "a.svg"])
    let trained = try picture("a.svg")
    #expect(trained.contains("<desc>Paused. Step 30. ") && trained.contains(" width=\"400\" "))
    #expect(trained.contains("#14181f") && !trained.contains("#ffffff") && !trained.contains("@media"))
    try chainrule.run([
      "figure", "learning-rate", "--set", "learning-rate=1", "--set", "step", "--set", "start=-0.5", "-o", "b.svg",
    ])
    #expect(
      try picture("b.svg").contains("<desc>Paused. Step 0. x is −0.500, the slope is −1.000. With a learning rate"))
  }

  @Test func figuresAndParametersAreListed() throws {
    let figures = try chainrule.run(["figure", "--list"])
    #expect(figures.code == 0 && figures.errors.isEmpty)
    #expect(
      figures.output.split(separator: "\n").contains {
        $0.wholeMatch(of: /regression +A network learns a curve/) != nil
      })
    let parameters = try chainrule.run(["figure", "learning-rate", "--list"])
    #expect(
      parameters.output == """
        play           Play           off, on
        step           Step           an action
        reset          Reset          an action
        preset         Rate           1, 0.9, 0.3, 0.05
        learning-rate  Learning rate  0.01 to 1.2
        start          Start          -1.2 to 1.2

        """)
    #expect(try chainrule.names == ["iris.csv"])
  }
}
