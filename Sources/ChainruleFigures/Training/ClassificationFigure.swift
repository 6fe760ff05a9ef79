import ChainruleCore
import ChainruleKernels

/// A network learns to tell two classes of points apart: a disc from the ring around it, unless others are chosen.
///
/// The net is `[2,[30,"leakyrelu"],[30,"leakyrelu"],[30,"leakyrelu"],30,[1,"sigmoid"]]`, trained by 30 random samples a step
/// on binary cross-entropy, 120 steps a second, weights starting as He et al. and Glorot and Bengio suggest.
public final class ClassificationFigure: TrainingFigure {
  private var field = ProbabilityField()
  private var former = ProbabilityField()

  /// A figure with its original points and the weights of seed 1.
  public init() {
    super.init(
      Settings(
        lossName: "loss", task: ClassificationFigure.task,
        sets: ClassSet.names, setCount: ClassSet.allCases.count, firstSet: ClassSet.rings.rawValue,
        points: { ClassSet.allCases[$0].points }, kinds: 2, tools: "Filled|Open|Erase",
        stages: [
          "batch: ", "forward: p of the truth", "loss: mean −log p = ", "backward: each point pulls",
          "update: all weights move",
        ],
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

  override func drawModel(on canvas: any Canvas) {
    field.update(plot: plot, session: session, former: pendingReplay != nil)
    field.draw(on: canvas, in: plot.frame)
    if let replay = shownReplay, replay.stage == StepReplay.update {
      former.update(plot: plot, session: session, former: true)
      let stroke = Stroke(.ink, width: 1, opacity: replay.clarity(of: StepReplay.batch))
      former.drawBoundary(on: canvas, in: plot.frame, stroke: stroke)
    }
  }

  /// Rings that are as full as the right class is probable, halos as large as the loss, and then as the pull of each point
  /// towards its own class.
  override func draw(_ replay: StepReplay, on canvas: any Canvas) {
    let clarity = replay.clarity(of: StepReplay.batch)
    if replay.stage == StepReplay.batch {
      drawRings(of: replay, radius: ClassificationFigure.ring, on: canvas)
      return
    }
    for (i, sample) in replay.samples.enumerated() {
      let place = plot.place(sample.place)
      let isFirst = sample.kind == 0
      let right = isFirst ? replay.outputs[i] : 1 - replay.outputs[i]
      if replay.stage >= StepReplay.backward {
        canvas.circle(
          center: place, radius: ClassificationFigure.ring + 16 * (1 - right),
          fill: Fill(isFirst ? .class1 : .class2, opacity: 0.5 * replay.clarity(of: StepReplay.backward)),
          stroke: nil)
      } else if replay.stage == StepReplay.loss {
        let loss = min(-PortableMath.log(max(right, 0.001)), 4)
        canvas.circle(
          center: place, radius: ClassificationFigure.ring + 6 * loss,
          fill: Fill(.ink, opacity: 0.2 * replay.clarity(of: StepReplay.loss)), stroke: nil)
      }
      canvas.circle(
        center: place, radius: ClassificationFigure.ring, fill: nil,
        stroke: Stroke(.ink, width: 1, opacity: 0.3 * clarity))
      canvas.polyline(arc(around: place, share: right), stroke: Stroke(.ink, width: 2, opacity: clarity))
    }
  }

  /// The radius of a ring around a sample.
  private static let ring: Float = 9

  /// A part of a ring, from its top on.
  private func arc(around center: Point, share: Float) -> [Point] {
    // The way from a point to the next is one 32nd of a turn.
    let (cosine, sine): (Float, Float) = (0.980_785_28, 0.195_090_32)
    var (x, y): (Float, Float) = (0, -ClassificationFigure.ring)
    var points: [Point] = [Point(center.x + x, center.y + y)]
    for _ in 0..<max(Int(32 * share + 0.5), 1) {
      (x, y) = (x * cosine - y * sine, x * sine + y * cosine)
      points.append(Point(center.x + x, center.y + y))
    }
    return points
  }

  override func drawLegend(on canvas: any Canvas, at place: Point) {
    drawMark(ofKind: 0, at: Point(place.x + 5, place.y), scale: 1, on: canvas)
    canvas.write(Text("filled"), at: Point(place.x + 15, place.y + 4), role: .ink)
    drawMark(ofKind: 1, at: Point(place.x + 62, place.y), scale: 1, on: canvas)
    canvas.write(Text("open"), at: Point(place.x + 72, place.y + 4), role: .ink)
    canvas.segments([Point(place.x + 114, place.y), Point(place.x + 134, place.y)], stroke: Stroke(.ink, width: 2))
    canvas.write(Text("probability ½"), at: Point(place.x + 141, place.y + 4), role: .ink)
  }

  override func drawMark(ofKind kind: Int, at center: Point, scale: Float, on canvas: any Canvas) {
    if kind == 0 {
      canvas.circle(
        center: center, radius: 5 * scale, fill: Fill(.class1), stroke: Stroke(.background, width: 1.5))
    } else {
      // An open mark: the classes differ in shape, not in colour alone.
      canvas.circle(
        center: center, radius: 4.5 * scale, fill: Fill(.background), stroke: Stroke(.class2, width: 2.5))
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
    text.add(kind == 0 ? "a filled point" : "an open point")
  }
}
