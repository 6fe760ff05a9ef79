import ChainruleFigures
import Testing

struct HeroTests {
  private func play(_ figure: any Figure, seconds: Int) {
    for _ in 0..<(seconds * 10) { figure.advance(by: 0.1) }
  }

  private func hero() -> HeroFigure { courseFigure("hero") as! HeroFigure }

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
      _ = figure.drawn()
      figure.set(0, to: 1)
      if isTouched {
        // Adds a point at the cross-hair.
        figure.press(.up)
        figure.press(.right)
        figure.press(.enter)
        figure.press(.right)
      }
      play(figure, seconds: 30)
      #expect((figure.steps > 2000) == isTouched)
    }
  }

  @Test func whatIsAddedIsOfTheClassThatTheNetworkThinksLessLikely() {
    let figure = hero()
    figure.set(0, to: 1)
    play(figure, seconds: 10)
    let count = figure.samples.count
    // The first press of an arrow puts the cross-hair into the middle, which belongs to the disc, the first class.
    figure.press(.up)
    figure.press(.delete)
    figure.press(.enter)
    let added = figure.samples[figure.samples.count - 1]
    #expect(figure.samples.count > count - 1)
    #expect(added.kind == 1)
  }
}
