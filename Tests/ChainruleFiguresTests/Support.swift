import ChainruleFigures

/// The figures under test, by name.
let trainingFigureNames = ["regression", "classification"]

func makeFigure(_ name: String) -> TrainingFigure {
  FigureCatalogue.make(named: Array(name.utf8)) as! TrainingFigure
}

/// Any figure, by name.
func courseFigure(_ name: String) -> any Figure {
  FigureCatalogue.make(named: Array(name.utf8))!
}

extension Figure {
  func set(_ name: String, _ value: Float = 1) {
    set(parameter(named: Array(name.utf8))!, to: value)
  }

  func value(_ name: String) -> Float {
    value(of: parameter(named: Array(name.utf8))!)
  }

  var words: String {
    var bytes: [UInt8] = []
    describe(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @discardableResult
  func press(_ key: Key, shift: Bool = false) -> Bool { handle(.key(key, shift: shift)) }

  @discardableResult
  func pointer(_ phase: PointerPhase, _ place: Point, shift: Bool = false) -> Bool {
    handle(.pointer(phase, at: place, shift: shift))
  }

  func click(_ place: Point, shift: Bool = false) {
    pointer(.down, place, shift: shift)
    pointer(.up, place, shift: shift)
  }

  /// Draws at a width and a height (by default the preferred one), and parses the drawing.
  @discardableResult
  func drawn(width: Float = 800, height: Float? = nil) -> DisplayListReader {
    let list = DisplayList()
    list.begin(size: Size(width, height ?? preferredHeight(forWidth: width)))
    draw(on: list)
    return DisplayListReader(list)
  }

  func isAvailable(_ name: String) -> Bool {
    isAvailable(parameter(named: Array(name.utf8))!)
  }
}

extension TrainingFigure {
  /// Where a sample is on the canvas: circles are drawn in order, after those of the legend.
  func place(ofSample index: Int) -> Point {
    let circles = drawn().circles.suffix(samples.count)
    return Point(circles[circles.startIndex + index].x, circles[circles.startIndex + index].y)
  }

  /// Plays for this number of seconds, at sixty frames per second.
  func play(seconds: Int, framesPerSecond: Int = 60) {
    set("play")
    for _ in 0..<(seconds * framesPerSecond) { advance(by: 1 / Float(framesPerSecond)) }
  }
}
