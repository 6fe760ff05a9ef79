import ChainruleCore

/// A network learns to tell a disc (r < 0.5) from the ring around it (0.5 < r < 1), 20 points each.
///
/// The net is `[2,[30,"leakyrelu"],[30,"leakyrelu"],[30,"leakyrelu"],30,[1,"sigmoid"]]`, trained by 30 random samples a step
/// on binary cross-entropy, 120 steps a second, weights starting as He et al. and Glorot and Bengio suggest.
public final class ClassificationFigure: TrainingFigure {
  private var field = ProbabilityField()
  private var painted = -1

  /// A figure with its original points and the weights of seed 1.
  public init() {
    super.init(
      Settings(
        lossName: "loss", task: ClassificationFigure.task,
        samples: ClassificationFigure.points, kinds: 2, tools: "Disc|Ring|Erase",
        plot: Plot(x: Plot.Range(low: -1.1, high: 1.1), y: Plot.Range(low: -1.1, high: 1.1)),
        ticks: [-1, -0.5, 0, 0.5, 1], isSquare: true, learningRate: 0.05, l2: 0, stepsPerSecond: 120))
  }

  private static var task: TrainingSession.Task {
    let schema = try! Schema(
      inputs: 2,
      layers: [
        .init(30, .leakyReLU()), .init(30, .leakyReLU()), .init(30, .leakyReLU()), .init(30), .init(1, .sigmoid),
      ])
    return TrainingSession.Task(
      schema: schema, loss: .binaryCrossEntropy, batchSize: 30,
      start: { seed in Network(schema, seed: seed) },
      inputs: { sample, values, offset in
        values[offset] = sample.place.x
        values[offset + 1] = sample.place.y
      },
      target: { sample in sample.kind == 0 ? 1 : 0 })
  }

  /// Points drawn evenly from the square until each class has twenty.
  private static var points: [Sample] {
    var random = RandomSource(seed: 1)
    var samples: [Sample] = []
    var missing = [20, 20]
    while missing[0] + missing[1] > 0 {
      let place = Point(random.uniform(-1, 1), random.uniform(-1, 1))
      let square = place.squaredDistance(to: Point(0, 0))
      let kind = square < 0.25 ? 0 : 1
      if square < 1 && square != 0.25 && missing[kind] > 0 {
        samples.append(Sample(place, kind: kind))
        missing[kind] -= 1
      }
    }
    return samples
  }

  override func drawModel(on canvas: any Canvas) {
    if painted != session.changes {
      field.update(plot: plot, session: session)
      painted = session.changes
    }
    field.draw(on: canvas, in: plot.frame)
  }

  override func drawLegend(on canvas: any Canvas, at place: Point) {
    drawMark(ofKind: 0, at: Point(place.x + 5, place.y), scale: 1, on: canvas)
    canvas.write(Text("disc"), at: Point(place.x + 15, place.y + 4), role: .ink)
    drawMark(ofKind: 1, at: Point(place.x + 62, place.y), scale: 1, on: canvas)
    canvas.write(Text("ring"), at: Point(place.x + 72, place.y + 4), role: .ink)
    canvas.segments([Point(place.x + 114, place.y), Point(place.x + 134, place.y)], stroke: Stroke(.ink, width: 2))
    canvas.write(Text("probability ½"), at: Point(place.x + 141, place.y + 4), role: .ink)
  }

  override func drawMark(ofKind kind: Int, at center: Point, scale: Float, on canvas: any Canvas) {
    if kind == 0 {
      canvas.circle(
        center: center, radius: 5 * scale, fill: Fill(.positive), stroke: Stroke(.background, width: 1.5))
    } else {
      // An open mark: the classes differ in shape, not in colour alone.
      canvas.circle(
        center: center, radius: 4.5 * scale, fill: Fill(.background), stroke: Stroke(.negative, width: 2.5))
    }
  }

  override func addQuality(to text: inout Text) {
    text.add("Loss ")
    text.add(significant: loss)
    text.add(", ")
    text.add(correct, isGrouped: false)
    text.add(" of ")
    text.add(samples.count, isGrouped: false)
    text.add(" right")
  }

  override func addName(ofKind kind: Int, to text: inout Text) {
    text.add(kind == 0 ? "a disc point" : "a ring point")
  }
}
