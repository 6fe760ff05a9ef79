import ChainruleCore
import ChainruleFigures
import Fuzzing
import Testing

/// No number from a page or a program can harm a figure.
struct FigureFuzzTests {
  private static let names = FigureCatalogue.entries.map(\.name.description)

  @Test("1,200 events to each figure, many of them nonsense", arguments: names)
  func events(name: String) throws {
    let figure = courseFigure(name)
    var random = Fuzzing.random(name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var size = Size(700, figure.preferredHeight(forWidth: 700))
    for event in 0..<Fuzzing.count(1_200) {
      switch random.index(below: 20) {
      case 0...8:
        let phase = try #require(PointerPhase(rawValue: Int32(random.index(below: 6))))
        let place = Point(
          Self.number(&random, sane: 0...max(size.width, 1)), Self.number(&random, sane: 0...max(size.height, 1)))
        let isUsed = figure.pointer(phase, place, shift: random.index(below: 4) == 0)
        if isUsed && !(place.x.isFinite && place.y.isFinite) { Issue.record("took \(place)") }
      case 9...12: figure.press(Self.key(&random), shift: random.index(below: 4) == 0)
      case 13, 14: Self.set(figure, &random)
      case 15, 16: figure.advance(by: Self.number(&random, sane: 0...0.2))
      case 17: figure.handle(.focus(random.index(below: 2) == 0))
      case 18: Self.replaceSamples(of: figure, &random)
      default:
        size = Size(Self.number(&random, sane: 0...1_000), Self.number(&random, sane: 0...1_000))
        Self.expectWhole(figure, size, "event \(event)")
      }
    }
    Self.expectWhole(figure, Size(700, 500), "the end")
  }

  @Test("every figure draws on a canvas of any size", arguments: names)
  func sizes(name: String) {
    let figure = courseFigure(name)
    let lengths: [Float] = [0, 1, 17, 100, 239, 240, 300, 333, 420, 559, 575, 600, 620, 900, 16_384, 3e38, .nan, -1]
    for width in lengths {
      let height = figure.preferredHeight(forWidth: width)
      #expect(height > 0 && height <= Size.largest, "\(width)")
      for height in lengths + [height] { Self.expectWhole(figure, Size(width, height), "\(width) × \(height)") }
    }
  }

  @Test("a size is clamped to its range")
  func range() {
    #expect(Size(.nan, -.infinity) == Size(0, 0) && Size(-0.0, -1) == Size(0, 0))
    #expect(Size(.infinity, 3e38) == Size(Size.largest, Size.largest) && Size(4e9, 12.5) == Size(16_384, 12.5))
  }

  @Test("a place far away counts as outside, and one with NaN as none")
  func pointer() throws {
    let figure = makeFigure("regression")
    let place = figure.place(ofSample: 0)
    let before = figure.samples
    for nonsense in [Point(.nan, place.y), Point(place.x, .infinity), Point(-.infinity, .nan)] {
      #expect(!figure.pointer(.down, nonsense) && !figure.pointer(.up, nonsense))
    }
    #expect(figure.samples == before)
    #expect(figure.pointer(.down, place) && figure.pointer(.move, Point(3e38, -3e38)))
    #expect(figure.samples[0].place == Point(1, 1), "held at the plot's corner")
    #expect(figure.pointer(.up, Point(3e38, -3e38)) && figure.samples == Array(before.dropFirst()))
  }

  @Test("at most a tenth of a second passes, and none if it's NaN")
  func time() {
    let figure = makeFigure("regression")
    figure.set("play")
    for nonsense in [.nan, -1, -.infinity, 0, -3e38] as [Float] { figure.advance(by: nonsense) }
    #expect(figure.steps == 0)
    for (count, long) in ([0.1, 1e30, .infinity, .greatestFiniteMagnitude] as [Float]).enumerated() {
      figure.advance(by: long)
      #expect(figure.steps == 120 * (count + 1))
    }
  }

  @Test("samples that a program sets are clamped to the plot")
  func samples() {
    let figure = makeFigure("classification")
    figure.samples = [
      Sample(Point(.nan, 0)), Sample(Point(0.5, -0.5), kind: 1), Sample(Point(3e38, -.infinity), kind: 9),
      Sample(Point(0, .nan)), Sample(Point(0, 0), kind: .min),
    ]
    #expect(
      figure.samples == [
        Sample(Point(0.5, -0.5), kind: 1), Sample(Point(1.1, -1.1), kind: 1), Sample(Point(0, 0), kind: 0),
      ])
  }

  @Test("an unknown parameter is ignored", arguments: names)
  func parameters(name: String) {
    let figure = courseFigure(name)
    let words = figure.words
    for index in [-1, .min, .max, figure.parameters.count] {
      figure.set(index, to: 1)
      #expect(figure.value(of: index) == 0)
    }
    #expect(figure.words == words)
  }

  // MARK: Nonsense

  /// Draws the figure, and checks the drawing and the words by the rules for all figures.
  private static func expectWhole(_ figure: any Figure, _ size: Size, _ context: String) {
    let list = DisplayList()
    list.begin(size: size)
    figure.draw(on: list)
    let picture = DisplayListReader(list)
    if !picture.malformed.isEmpty { Issue.record("\(context), \(size): \(picture.malformed.prefix(3))") }
    if picture.operations < 5 { Issue.record("\(context), \(size): \(picture.operations) operations") }
    var words: [UInt8] = []
    figure.describe(into: &words)
    if String(validating: words, as: UTF8.self)?.isEmpty != false { Issue.record("\(context): no words") }
  }

  /// A number from a sensible range, or any number.
  private static func number(_ random: inout RandomSource, sane: ClosedRange<Float>) -> Float {
    let odd: [Float] = [
      .nan, .infinity, -.infinity, 3e38, -3e38, 1e19, -1e19, 1e9, -1e9, 65_536, -65_536, 0, -0.0,
      .leastNonzeroMagnitude, 1, -1,
    ]
    return switch random.index(below: 8) {
    case 0: odd[random.index(below: odd.count)]
    case 1: Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    default: random.uniform(sane.lowerBound, sane.upperBound)
    }
  }

  private static func key(_ random: inout RandomSource) -> Key {
    switch random.index(below: 8) {
    case 0: Key(code: Int32(truncatingIfNeeded: random.next()))
    case 1: Key(code: [.min, .max, -1, 0, 10, 0x10ffff][random.index(below: 6)])
    case 2, 3: Key(code: Int32(32 + random.index(below: 96)))
    default: Key(code: Int32(1 + random.index(below: 9)))
    }
  }

  private static func set(_ figure: any Figure, _ random: inout RandomSource) {
    let index = random.index(below: figure.parameters.count)
    let parameter = figure.parameters[index]
    figure.set(index, to: number(&random, sane: parameter.minimum...max(parameter.maximum, parameter.minimum)))
    let value = figure.value(of: index)
    if parameter.kind != .action && !(value >= parameter.minimum && value <= parameter.maximum) {
      Issue.record("\(parameter.name) is \(value)")
    }
    figure.set(Int(truncatingIfNeeded: random.next()), to: 1)
  }

  private static func replaceSamples(of figure: any Figure, _ random: inout RandomSource) {
    guard let figure = figure as? TrainingFigure else { return }
    figure.samples = (0..<random.index(below: 12)).map { _ in
      Sample(Point(number(&random, sane: -1...1), number(&random, sane: -1...1)), kind: random.index(below: 5) - 1)
    }
  }
}
