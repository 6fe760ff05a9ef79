/// The parts of the picture that all training figures share.
extension TrainingFigure {
  func drawSamples(on canvas: any Canvas) {
    for (index, sample) in editor.samples.enumerated() where index != editor.highlighted {
      drawMark(ofKind: sample.kind, at: plot.place(sample.place), scale: 1, on: canvas)
    }
    guard let index = editor.highlighted else { return }
    let sample = editor.samples[index]
    let place = plot.place(sample.place)
    if editor.isLettingGo {
      canvas.circle(center: place, radius: 11, fill: Fill(.background), stroke: Stroke(.warning, width: 2))
      canvas.segments(
        [
          Point(place.x - 4, place.y - 4), Point(place.x + 4, place.y + 4),
          Point(place.x - 4, place.y + 4), Point(place.x + 4, place.y - 4),
        ], stroke: Stroke(.warning, width: 2))
    } else {
      canvas.circle(center: place, radius: 11, fill: nil, stroke: Stroke(.focus, width: 2))
      drawMark(ofKind: sample.kind, at: place, scale: 1.3, on: canvas)
    }
  }

  /// Draws rings around the samples of a step's batch.
  func drawRings(of replay: StepReplay, radius: Float, on canvas: any Canvas) {
    let stroke = Stroke(.ink, width: 1.5, opacity: replay.clarity(of: StepReplay.batch))
    for sample in replay.samples {
      canvas.circle(center: plot.place(sample.place), radius: radius, fill: nil, stroke: stroke)
    }
  }

  /// Says which stage of a step is shown, where the legend stands otherwise.
  func drawCaption(of replay: StepReplay, on canvas: any Canvas, at place: Point) {
    let stage = replay.stage
    for i in 1...StepReplay.update {
      canvas.circle(
        center: Point(place.x - 5 + 9 * Float(i), place.y), radius: 3, fill: Fill(i <= stage ? .ink : .axis),
        stroke: nil)
    }
    var text = Text(settings.stages[stage - 1])
    if stage == StepReplay.batch {
      text.add(replay.samples.count)
      text.add(" of ")
      text.add(editor.samples.count)
    } else if stage == StepReplay.loss {
      text.add(significant: batchLoss)
    }
    canvas.write(text, at: Point(place.x + 50, place.y + 4), role: .ink)
  }

  /// Draws hair lines across the plot, open in the middle so that what is there can be seen.
  func drawCrosshair(on canvas: any Canvas) {
    guard editor.showsCrosshair, let crosshair = editor.crosshair else { return }
    let place = plot.place(crosshair)
    let open: Float = editor.underCrosshair(in: plot) == nil ? 5 : 15
    canvas.clip(to: plot.frame)
    canvas.segments(
      [
        Point(plot.frame.x, place.y), Point(place.x - open, place.y),
        Point(place.x + open, place.y), Point(plot.frame.right, place.y),
        Point(place.x, plot.frame.y), Point(place.x, place.y - open),
        Point(place.x, place.y + open), Point(place.x, plot.frame.bottom),
      ], stroke: Stroke(.focus, width: 1.5, opacity: 0.7))
    canvas.endClip()
  }

  /// Says in the plot why nothing is learned.
  func drawNotice(on canvas: any Canvas) {
    var lines: [Text] = []
    let isWarning = session.failure != nil
    if isWarning {
      var first = Text("Stopped after step ")
      first.add(steps)
      lines = [
        first, Text("The numbers grew without bounds:"), Text("the learning rate is too high."),
        Text("Lower it, then press Reset."),
      ]
    } else if editor.samples.isEmpty {
      lines = [
        Text("No points to learn from"),
        editor.isErasing ? Text("Choose another tool to add some.") : Text("Tap here to add some."),
      ]
    }
    if lines.isEmpty { return }
    let center = Point(plot.frame.x + plot.frame.width / 2, plot.frame.y + plot.frame.height / 2)
    let height = Float(lines.count) * 18 + 16
    let width = min(plot.frame.width - 8, 250)
    let box = Rectangle(center.x - width / 2, center.y - height / 2, width, height)
    canvas.rectangle(
      box, cornerRadius: 6, fill: Fill(.background, opacity: 0.94), stroke: Stroke(isWarning ? .warning : .axis))
    for (index, line) in lines.enumerated() {
      canvas.write(
        line, at: Point(center.x, box.y + 21 + Float(index) * 18), alignment: .middle, bold: index == 0,
        role: index > 0 ? .ink : isWarning ? .warning : .ink)
    }
  }

  /// Draws the step, the loss and, where samples have kinds, how many are right: each a small word over a number, at a
  /// place and with a count of decimals that do not change.
  func drawNumbers(on canvas: any Canvas, in frame: Rectangle) {
    var column: Float = 0
    let (loss, correct) = pendingReplay?.before ?? (self.loss, self.correct)
    func add(_ name: StaticString, _ number: Text) {
      let x = frame.x + column
      canvas.write(Text(name), at: Point(x, frame.y + 16))
      canvas.write(number, at: Point(x, frame.y + 36), size: 15, bold: true, role: .ink)
      column += frame.width * (settings.kinds > 1 ? 0.35 : 0.42)
    }
    var number = Text()
    number.add(steps)
    add("step", number)
    number = Text()
    if editor.samples.isEmpty {
      number.add("–")
    } else if loss < 100_000 {
      number.add(loss, decimals: loss < 10 ? 4 : loss < 1000 ? 1 : 0)
    } else {
      number.add("> 10⁵")
    }
    add(settings.lossName, number)
    if settings.kinds > 1 {
      number = Text()
      number.add(correct, isGrouped: false)
      number.add("/")
      number.add(editor.samples.count, isGrouped: false)
      add("right", number)
    }
  }
}
