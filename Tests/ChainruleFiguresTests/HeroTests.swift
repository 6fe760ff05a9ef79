import ChainruleFigures
import Testing

struct HeroTests {
  private func play(_ figure: any Figure, seconds: Int) {
    for _ in 0..<(seconds * 10) { figure.advance(by: 0.1) }
  }

  private func hero() -> HeroFigure { make("hero") as! HeroFigure }

  @Test func restsUntilItPlays() {
    let figure = hero()
    play(figure, seconds: 1)
    #expect(figure.steps == 0)
    #expect(!figure.isRunning)
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13])
  func learnsInTenSeconds(seed: Float) throws {
    let figure = hero()
    figure.set(try #require(figure.parameter(named: Array("seed".utf8))), to: seed)
    figure.set(0, to: 1)
    play(figure, seconds: 10)
    #expect(figure.correct >= figure.samples.count - 2)
    #expect(figure.loss < 0.15)
  }

  @Test func beginsAnewByItselfUnlessSomebodyTouchedIt() {
    for isTouched in [false, true] {
      let figure = hero()
      figure.draw(on: sized(820, figure))
      figure.set(0, to: 1)
      if isTouched {
        // Adds a point at the cross-hair.
        _ = figure.handle(.focus(true))
        _ = figure.handle(.key(.up, shift: false))
        _ = figure.handle(.key(.enter, shift: false))
      }
      play(figure, seconds: 30)
      #expect((figure.steps > 2000) == isTouched)
    }
  }

  @Test func aPressBetweenPointsAddsOneThatIsWrong() {
    let figure = hero()
    figure.set(0, to: 1)
    play(figure, seconds: 10)
    figure.set(0, to: 0)
    let before = (figure.samples.count, figure.correct)
    figure.draw(on: sized(820, figure))
    _ = figure.handle(.focus(true))
    _ = figure.handle(.key(.up, shift: false))
    for _ in 0..<3 { _ = figure.handle(.key(.left, shift: true)) }
    _ = figure.handle(.key(.enter, shift: false))
    // Either a point was there, which is now held, or another is wrong.
    #expect(figure.samples.count == before.0 || figure.correct == before.1)
  }

  private func sized(_ width: Float, _ figure: any Figure) -> DisplayList {
    let list = DisplayList()
    list.begin(size: Size(width, figure.preferredHeight(forWidth: width)))
    return list
  }
}
