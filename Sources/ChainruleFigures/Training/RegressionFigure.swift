import ChainruleCore

/// A network learns a curve, y = x³ unless another is chosen, from 33 points that noise between 0 and 0.3 has lifted.
///
/// The net is `[1,[3,"relu"],[3,"relu"],[3,"relu"],4,1]`, trained by 20 random samples a step with learning rate 0.008 and
/// L2 0.0006, 1,200 steps a second.
///
/// Weights start uniform in (−1, 1). If biases do too, as in the article, many starts have a layer whose perceptrons are
/// silent for every point, or fall into one: a dead ReLU has no gradient and never recovers. Hidden biases of 0.1, output
/// biases of 0, prevent most of it. Measured: starts of the seeds 1 to 200 that reach a mean squared error of 0.015.
///
/// | start of the biases | 1,200 steps | 24,000 steps (20 s) |
/// |---|---|---|
/// | uniform (−1, 1), as the article | 67 | 154 |
/// | zero | | 148 |
/// | 0.1 before ReLU, else zero | 57 | 196 |
public final class RegressionFigure: TrainingFigure {
  private var inputs: [Float] = []
  private var outputs: [Float] = []

  /// A figure with its original points and the weights of seed 1.
  public init() {
    super.init(
      Settings(
        lossName: "mean squared error", task: RegressionFigure.task,
        sets: CurveSet.names, setCount: CurveSet.allCases.count, firstSet: CurveSet.cubic.rawValue,
        points: { CurveSet.allCases[$0].points }, kinds: 1, tools: "Add|Erase",
        stages: [
          "batch: ", "forward: the curve’s answers", "loss: mean gap² = ", "backward: each gap pulls",
          "update: all weights move",
        ],
        plot: Plot(x: Plot.Range(low: -1, high: 1), y: Plot.Range(low: -0.8, high: 1)),
        ticks: [-1, -0.5, 0, 0.5, 1], isSquare: false, learningRate: 0.008, l2: 0.0006, stepsPerSecond: 1_200))
  }

  /// The loss of the true curve, which runs through the middle of the noise, on the samples.
  public var trueCurveLoss: Float {
    var sum: Float = 0
    for sample in samples {
      let gap = curve.value(at: sample.place.x) - sample.place.y
      sum += gap * gap
    }
    return samples.isEmpty ? 0 : sum / Float(samples.count)
  }

  private static var task: TrainingSession.Task {
    let schema = try! Schema(
      inputs: 1, layers: [.init(3, .relu), .init(3, .relu), .init(3, .relu), .init(4), .init(1)])
    return TrainingSession.Task(
      schema: schema, loss: .squaredError, batchSize: 20,
      start: { seed in
        var network = Network(schema, initializer: .uniform(), seed: seed)
        for (index, layer) in schema.layers.enumerated() {
          let bias: Float = layer.activation == .relu ? 0.1 : 0
          network.setBiases([Float](repeating: bias, count: layer.perceptrons), ofLayer: index)
        }
        return network
      },
      inputs: { sample, values, offset in values[offset] = sample.place.x },
      target: { sample in sample.place.y })
  }

  /// The function under the noise, at the noise's mean.
  private static let trueCurve = Stroke(.muted, width: 1.5, opacity: 0.8, dash: 5)

  private var curve: CurveSet { CurveSet.allCases[Int(value(of: Control.data.rawValue))] }

  override func drawModel(on canvas: any Canvas) {
    // One place for every two pixels shows each kink where it is.
    let count = max(Int(plot.frame.width / 2), 2)
    if inputs.count != count { inputs = [Float](repeating: 0, count: count) }
    for i in 0..<count { inputs[i] = plot.x.low + plot.x.length * Float(i) / Float(count - 1) }
    var points: [Point] = []
    points.reserveCapacity(count)
    for x in inputs { points.append(plot.place(Point(x, curve.value(at: x)))) }
    canvas.polyline(points, stroke: RegressionFigure.trueCurve)
    if let replay = shownReplay, replay.stage == StepReplay.update {
      let clarity = replay.clarity(of: StepReplay.batch)
      drawCurve(ofFormer: true, stroke: Stroke(.curve, width: 1.5, opacity: clarity), on: canvas)
    }
    drawCurve(ofFormer: pendingReplay != nil, stroke: Stroke(.curve, width: 3), on: canvas)
  }

  private func drawCurve(ofFormer isFormer: Bool, stroke: Stroke, on canvas: any Canvas) {
    session.predict(inputs, former: isFormer, into: &outputs)
    var points: [Point] = []
    points.reserveCapacity(inputs.count)
    for (i, x) in inputs.enumerated() { points.append(place(x, outputs[i])) }
    canvas.polyline(points, stroke: stroke)
  }

  /// The place of an output. Far outside, a curve's exact place means nothing; its coordinates could overflow, or be no
  /// number.
  private func place(_ x: Float, _ output: Float) -> Point {
    plot.place(Point(x, output.isNaN ? plot.y.low - 10 : min(max(output, plot.y.low - 10), plot.y.high + 10)))
  }

  /// The curve's answers on the curve, the gaps between them and the points, and arrows: each gap pulls the curve.
  override func draw(_ replay: StepReplay, on canvas: any Canvas) {
    drawRings(of: replay, radius: 8, on: canvas)
    var gaps: [Point] = []
    for (i, sample) in replay.samples.enumerated() {
      gaps.append(plot.place(sample.place))
      gaps.append(place(sample.place.x, replay.outputs[i]))
    }
    if replay.stage >= StepReplay.loss {
      canvas.segments(gaps, stroke: Stroke(.ink, width: 1.5, opacity: replay.clarity(of: StepReplay.loss)))
    }
    let arrows = replay.clarity(of: StepReplay.backward)
    for i in 0..<replay.samples.count {
      let (target, answer) = (gaps[2 * i], gaps[2 * i + 1])
      let length = min(max(target.y - answer.y, -12), 12) * arrows
      if replay.stage >= StepReplay.backward && length.magnitude > 4 {
        canvas.polygon(
          [Point(answer.x - 5, answer.y), Point(answer.x + 5, answer.y), Point(answer.x, answer.y + length)],
          fill: Fill(.ink, opacity: replay.clarity(of: StepReplay.batch)))
      } else if replay.stage >= StepReplay.forward {
        canvas.circle(
          center: answer, radius: 3.5, fill: Fill(.background, opacity: replay.clarity(of: StepReplay.forward)),
          stroke: Stroke(.ink, width: 1.5, opacity: replay.clarity(of: StepReplay.forward)))
      }
    }
  }

  override func drawLegend(on canvas: any Canvas, at place: Point) {
    canvas.segments([place, Point(place.x + 22, place.y)], stroke: Stroke(.curve, width: 3))
    canvas.write(Text("the network"), at: Point(place.x + 29, place.y + 4), role: .ink)
    let second = place.x + 124
    canvas.segments([Point(second, place.y), Point(second + 22, place.y)], stroke: RegressionFigure.trueCurve)
    canvas.write(Text(curve.formula), at: Point(second + 29, place.y + 4), role: .ink)
  }

  override func drawMark(ofKind kind: Int, at center: Point, scale: Float, on canvas: any Canvas) {
    canvas.circle(center: center, radius: 4 * scale, fill: Fill(.accent), stroke: Stroke(.background, width: 1.5))
  }

  override func addQuality(to text: inout Text) {
    text.add("Mean squared error ")
    text.add(significant: loss)
  }

  override func addName(ofKind kind: Int, to text: inout Text) { text.add("a point") }
}
