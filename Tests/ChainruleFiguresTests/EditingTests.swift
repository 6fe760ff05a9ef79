import ChainruleFigures
import Testing

@Suite("Points are added, moved and removed")
struct EditingTests {
  @Test("by pointer", arguments: trainingFigureNames)
  func pointer(name: String) {
    let figure = makeFigure(name)
    let count = figure.samples.count
    // An empty place: neither figure has a point in the upper left of the plot.
    let corner = Point(60, 60)
    figure.drawn()
    figure.click(corner)
    #expect(figure.samples.count == count + 1)
    // The new point is highlighted, so it's drawn last, with a ring around it.
    #expect(figure.drawn().circles.contains { abs($0.x - 60) < 0.5 && abs($0.y - 60) < 0.5 })

    #expect(figure.pointer(.down, corner))
    figure.pointer(.move, Point(80, 100))
    figure.pointer(.up, Point(80, 100))
    #expect(figure.samples.count == count + 1)
    #expect(figure.drawn().circles.contains { abs($0.x - 80) < 0.5 && abs($0.y - 100) < 0.5 })

    figure.click(Point(80, 100), shift: true)
    #expect(figure.samples.count == count)
  }

  @Test("the eraser removes and doesn't add", arguments: trainingFigureNames)
  func eraser(name: String) {
    let figure = makeFigure(name)
    let count = figure.samples.count
    figure.set("tool", name == "regression" ? 1 : 2)
    let place = figure.place(ofSample: 0)
    figure.click(place)
    #expect(figure.samples.count == count - 1)
    figure.click(Point(60, 60))
    #expect(figure.samples.count == count - 1)
  }

  @Test("a point dragged out is removed, a cancelled drag returns", arguments: trainingFigureNames)
  func dragOut(name: String) {
    let figure = makeFigure(name)
    let samples = figure.samples
    let place = figure.place(ofSample: 3)
    figure.pointer(.down, place)
    figure.pointer(.move, Point(place.x + 50, place.y))
    #expect(figure.samples != samples)
    figure.pointer(.cancel, place)
    #expect(figure.samples == samples)
    figure.pointer(.down, place)
    figure.pointer(.move, Point(-40, place.y))
    let leaving = figure.drawn()
    #expect(leaving.roles.contains(.warning), "a mark says that letting go removes")
    figure.pointer(.move, place)
    #expect(!figure.drawn().roles.contains(.warning))
    figure.pointer(.move, Point(-40, place.y))
    figure.pointer(.up, Point(-40, place.y))
    #expect(figure.samples.count == samples.count - 1)
    #expect(!figure.drawn().roles.contains(.warning))
  }

  @Test("the nearest point within a fingertip is selected", arguments: trainingFigureNames)
  func reach(name: String) {
    let figure = makeFigure(name)
    figure.samples = [Sample(Point(-0.4, 0)), Sample(Point(0, 0))]
    let place = figure.place(ofSample: 0)
    figure.click(Point(place.x + 14, place.y), shift: true)
    #expect(figure.samples == [Sample(Point(0, 0))])
    figure.click(Point(place.x + 14, place.y), shift: true)
    #expect(figure.samples.count == 2, "on nothing, shift or not, a click adds")
  }

  @Test("after removing a point, the keyboard continues from there", arguments: trainingFigureNames)
  func removeInTurn(name: String) {
    let figure = makeFigure(name)
    figure.drawn()
    figure.handle(.focus(true))
    // Far enough apart that none is within reach of another.
    let samples = [Float(-0.7), -0.35, 0, 0.35, 0.7].map { Sample(Point($0, 0)) }
    figure.samples = samples
    figure.press(.next)
    figure.press(.next)
    figure.press(.next)
    figure.press(.delete)
    #expect(figure.samples == [samples[0], samples[1], samples[3], samples[4]])
    figure.press(.next)
    figure.press(.delete)
    #expect(figure.samples == [samples[0], samples[1], samples[4]])
    figure.press(.previous)
    figure.press(.delete)
    #expect(figure.samples == [samples[0], samples[4]])
    figure.press(.previous)
    figure.press(.previous)
    figure.press(.delete)
    #expect(figure.samples == [samples[0]])
  }

  @Test("a press that slides, or one outside the plot, adds nothing")
  func slide() {
    let figure = makeFigure("regression")
    figure.drawn()
    figure.pointer(.down, Point(60, 60))
    figure.pointer(.move, Point(60, 90))
    figure.pointer(.up, Point(60, 90))
    figure.click(Point(700, 40))
    #expect(figure.samples.count == 33)
  }

  @Test("the tool sets the class")
  func kinds() {
    let figure = makeFigure("classification")
    figure.drawn()
    figure.set("tool", 1)
    figure.click(Point(60, 60))
    #expect(figure.samples.last?.kind == 1)
    figure.press(.character("t"))
    #expect(figure.value("tool") == 2)
    figure.press(.character("t"))
    #expect(figure.value("tool") == 0)
    figure.click(Point(60, 120))
    #expect(figure.samples.last?.kind == 0)
  }

  @Test("by keyboard alone", arguments: trainingFigureNames)
  func keyboard(name: String) {
    let figure = makeFigure(name)
    figure.drawn()
    figure.handle(.focus(true))
    let count = figure.samples.count
    // Move to an empty place in the upper left, and add.
    figure.press(.up)
    for _ in 0..<4 { figure.press(.left, shift: true) }
    for _ in 0..<4 { figure.press(.up, shift: true) }
    #expect(figure.words.contains("Cross-hair at"))
    figure.press(.enter)
    #expect(figure.samples.count == count + 1)
    let added = figure.samples[count].place

    // Pick it up, carry it, put it down.
    figure.press(.enter)
    #expect(figure.words.contains("holding"))
    figure.press(.right)
    figure.press(.enter)
    #expect(!figure.words.contains("holding"))
    #expect(figure.samples[count].place.x > added.x && figure.samples[count].place.y == added.y)

    // Pick it up, carry it, cancel.
    let kept = figure.samples[count]
    figure.press(.enter)
    figure.press(.right)
    #expect(figure.samples[count] != kept)
    figure.press(.escape)
    #expect(figure.samples[count] == kept)

    // Remove it, then go to the next and the previous of the others.
    figure.press(.left)
    figure.press(.right)
    figure.press(.delete)
    #expect(figure.samples.count == count)
    figure.press(.next)
    #expect(figure.words.contains(", on "))
    figure.press(.delete)
    figure.press(.character(","))
    figure.press(.delete)
    #expect(figure.samples.count == count - 2)
  }

  @Test("the rest of the keys", arguments: trainingFigureNames)
  func keys(name: String) {
    let figure = makeFigure(name)
    figure.drawn()
    let start = figure.network.fingerprint
    figure.press(.character(" "))
    #expect(figure.isRunning && figure.words.hasPrefix("Training."))
    figure.press(.character(" "))
    #expect(!figure.isRunning && figure.words.hasPrefix("Paused."))
    figure.press(.character("s"))
    #expect(figure.steps == 1 && figure.words.contains("Step 1."))
    figure.press(.character("r"))
    #expect(figure.steps == 0 && figure.network.fingerprint == start)
    figure.press(.character("w"))
    #expect(figure.network.fingerprint != start)
    // Keys without a meaning here are left to the page.
    #expect(!figure.press(.character("q")) && !figure.press(.escape) && !figure.press(.delete))
  }
}
