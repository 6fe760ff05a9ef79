import ChainruleCore

/// The picture: the surface or the networks' curves at the left, losses and the table at the right, or below.
extension OptimizersFigure {
  private static let wide: Float = 620
  private static let top: Float = 30
  private static let left: Float = 42
  /// From the plot down: its numbers, and some words in two or three lines.
  private static let below: Float = 104
  /// From one row of the table to the next, and the height of all.
  private static let row: Float = 20
  private static let table: Float = 6 * row
  private static let chart: Float = 150

  func pictureHeight(forWidth width: Float) -> Float {
    let plot = plotWidth(forWidth: width) * 0.75 + OptimizersFigure.top + OptimizersFigure.below
    if width >= OptimizersFigure.wide { return max(plot, 350) }
    return plot + OptimizersFigure.top + OptimizersFigure.chart + 34 + OptimizersFigure.table
  }

  private func plotWidth(forWidth width: Float) -> Float {
    width >= OptimizersFigure.wide ? min(width * 0.5, 520) - OptimizersFigure.left : width - OptimizersFigure.left - 12
  }

  func drawEverything(on canvas: any Canvas, size: Size) {
    let isWide = size.width >= OptimizersFigure.wide
    let width = plotWidth(forWidth: size.width)
    let frame = Rectangle(OptimizersFigure.left, OptimizersFigure.top, width, width * 0.75)
    plot.frame = frame
    drawPlot(on: canvas)
    drawWords(at: Point(frame.x, frame.bottom + 40), width: width, on: canvas)

    // The other half, or what is below.
    let x = isWide ? frame.right + 66 : 60
    let y = isWide ? OptimizersFigure.top : frame.bottom + OptimizersFigure.below + OptimizersFigure.top
    let right = size.width - 12
    let height =
      isWide
      ? max(size.height - y - 44 - OptimizersFigure.table, 60) : OptimizersFigure.chart
    let chart = Rectangle(x, y, max(right - LossLines.nameRoom - x, 40), height)
    drawLosses(in: chart, on: canvas)
    let start = isWide ? x - 40 : 12
    drawTable(in: Rectangle(start, chart.bottom + 44, right - start, OptimizersFigure.table), on: canvas)
  }

  private func drawPlot(on canvas: any Canvas) {
    plot.drawAxes(on: canvas, ticks: [-2, -1, 0, 1, 2])
    canvas.clip(to: plot.frame)
    if let surface = race.surface {
      if map?.surface != surface || map?.frame != plot.frame { map = SurfaceMap(surface, plot: plot) }
      map?.draw(on: canvas)
      drawPaths(on: surface, canvas)
    } else {
      drawCurves(on: canvas)
    }
    canvas.endClip()
    plot.drawBorder(on: canvas)
    let title: StaticString =
      race.surface == nil ? "each network’s curve" : "loss over two weights; it is 0 at +"
    canvas.write(Text(title), at: Point(plot.frame.x, plot.frame.y - 9))
  }

  private func drawPaths(on surface: Surface, _ canvas: any Canvas) {
    for place in surface.lowest {
      let center = plot.place(place)
      canvas.segments(
        [
          Point(center.x - 6, center.y), Point(center.x + 6, center.y),
          Point(center.x, center.y - 6), Point(center.x, center.y + 6),
        ], stroke: Stroke(.ink, width: 1.5))
    }
    for (index, racer) in race.racers.enumerated() {
      var points: [Point] = []
      for place in racer.path { points.append(plot.place(OptimizersFigure.near(place))) }
      canvas.polyline(points, stroke: Stroke(.series(index), width: 2, opacity: 0.85))
    }
    let start = plot.place(start)
    canvas.circle(center: start, radius: 9, fill: nil, stroke: Stroke(.accent, width: 2.5))
    if steps == 0 {
      let isLeft = start.x < plot.frame.x + plot.frame.width * 0.6
      canvas.write(
        Text("drag the start"), at: Point(start.x + (isLeft ? 16 : -16), start.y + 4),
        alignment: isLeft ? .start : .end, role: .ink)
    }
    for (index, racer) in race.racers.enumerated() {
      SeriesMark(index).draw(
        at: plot.place(OptimizersFigure.near(racer.path[racer.path.count - 1])), radius: 5, on: canvas)
    }
  }

  /// Far outside, a place's exact coordinates mean nothing.
  private static func near(_ place: Point) -> Point {
    Point(min(max(place.x, -20), 20), min(max(place.y, -20), 20))
  }

  private func drawCurves(on canvas: any Canvas) {
    guard let task = race.task else { return }
    for i in 0..<task.data.count {
      canvas.circle(
        center: plot.place(Point(task.data.inputs[i], task.data.targets[i])), radius: 2.5, fill: Fill(.muted),
        stroke: nil)
    }
    var inputs: [Float] = []
    for i in 0...96 { inputs.append(-1 + Float(i) / 48) }
    var outputs = inputs
    for (index, racer) in race.racers.enumerated() {
      guard let network = racer.network else { continue }
      task.step.predict(network, inputs: inputs, rows: inputs.count, into: &outputs)
      let points = plot.line(inputs, outputs)
      canvas.polyline(points, stroke: Stroke(.series(index), width: 2))
      for part in 0..<3 { SeriesMark(index).draw(at: points[8 + 4 * index + 29 * part], radius: 4, on: canvas) }
    }
  }

  private func drawWords(at place: Point, width: Float, on canvas: any Canvas) {
    var text = Text()
    if race.isOver && bet >= 0 {
      text.add("You bet on ")
      text.add(Race.names[bet])
      text.add(race.ranking[0] == bet ? ": it wins. " : ": it doesn’t win. ")
    }
    if isOwnRate {
      text.add("Your own rates: another track keeps them.")
    } else if isSameRate {
      text.add("Rate ")
      text.add(short: number(.rate))
      text.add(" for all. Steps still differ: SGD’s is rate × slope, Adam’s about the rate.")
    } else {
      text.add("Best rate ")
      if (number(.factor) - 1).magnitude > 0.001 {
        text.add("× ")
        text.add(short: number(.factor))
        text.add(" ")
      }
      text.add(
        race.surface == nil
          ? "of each, tried on 20 networks. Same first weights, same batches."
          : "of each on this track, on average over 40 random starts. Another track has others.")
    }
    canvas.paragraph(text, at: place, width: width)
  }

  private func drawLosses(in frame: Rectangle, on canvas: any Canvas) {
    var lines: [LossLines.Line] = []
    for (index, racer) in race.racers.enumerated() {
      lines.append(LossLines.Line(name: Race.names[index], series: index, losses: racer.losses))
    }
    LossLines(
      title: race.surface == nil ? "loss over all points" : "loss", frame: frame, lines: lines,
      count: max(steps, 100) + 1, steps: max(steps, 100), goal: race.goal
    ).draw(on: canvas)
  }

  /// Who is where: the rank, the rate, the loss, and when the goal was reached.
  private func drawTable(in frame: Rectangle, on canvas: any Canvas) {
    let columns = [frame.x + frame.width * 0.53, frame.x + frame.width * 0.77, frame.right]
    func write(_ text: Text, _ column: Int, _ y: Float, role: Role = .ink) {
      canvas.write(
        text, at: Point(columns[column], y), alignment: .end, role: role)
    }
    write(Text("rate"), 0, frame.y, role: .muted)
    write(Text("loss"), 1, frame.y, role: .muted)
    write(Text("at goal"), 2, frame.y, role: .muted)
    canvas.segments(
      [Point(frame.x, frame.y + 6), Point(frame.right, frame.y + 6)], stroke: Stroke(.grid))
    for (rank, index) in race.ranking.enumerated() {
      let racer = race.racers[index]
      let y = frame.y + 3 + OptimizersFigure.row * Float(rank + 1)
      SeriesMark(index).draw(at: Point(frame.x + 7, y - 4), radius: 4.5, on: canvas)
      canvas.write(Text(Race.names[index]), at: Point(frame.x + 20, y), bold: rank == 0 && steps > 0, role: .ink)
      var text = Text()
      text.add(short: racer.optimizer.learningRate)
      write(text, 0, y)
      text = Text()
      text.addLoss(racer.loss)
      write(text, 1, y)
      text = Text()
      if let arrival = racer.arrival {
        text.add("step ")
        text.add(arrival)
      } else {
        text.add(racer.isLost ? "out" : "–")
      }
      write(text, 2, y)
      if index == bet {
        canvas.rectangle(
          Rectangle(frame.x - 3, y - 15, frame.width + 6, OptimizersFigure.row), cornerRadius: 4, fill: nil,
          stroke: Stroke(.accent, width: 1.5))
      }
    }
  }
}
