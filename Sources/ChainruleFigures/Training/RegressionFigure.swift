import ChainruleCore

/// A network learns the curve y = x³ from 33 points that noise between 0 and 0.3 has lifted.
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
        samples: RegressionFigure.points, kinds: 1, tools: "Add|Erase",
        plot: Plot(x: Plot.Range(low: -1, high: 1), y: Plot.Range(low: -0.8, high: 1)),
        ticks: [-1, -0.5, 0, 0.5, 1], isSquare: false, learningRate: 0.008, l2: 0.0006, stepsPerSecond: 1_200))
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

  private static var points: [Sample] {
    var random = RandomSource(seed: 1)
    var samples: [Sample] = []
    for i in 0..<33 {
      let x = -0.8 + 1.6 * Float(i) / 32
      samples.append(Sample(Point(x, x * x * x + random.uniform(0, 0.3))))
    }
    return samples
  }

  /// The function under the noise, at the noise's mean.
  private static let trueCurve = Stroke(.muted, width: 1.5, opacity: 0.8, dash: 5)

  override func drawModel(on canvas: any Canvas) {
    // One place for every two pixels shows each kink where it is.
    let count = max(Int(plot.frame.width / 2), 2)
    if inputs.count != count { inputs = [Float](repeating: 0, count: count) }
    for i in 0..<count { inputs[i] = plot.x.low + plot.x.length * Float(i) / Float(count - 1) }
    var points: [Point] = []
    points.reserveCapacity(count)
    for x in inputs { points.append(plot.place(Point(x, x * x * x + 0.15))) }
    canvas.polyline(points, stroke: RegressionFigure.trueCurve)
    session.predict(inputs, into: &outputs)
    points.removeAll(keepingCapacity: true)
    for i in 0..<count {
      // Far outside, a curve's exact place means nothing; its coordinates could overflow, or be no number.
      let y = outputs[i].isNaN ? plot.y.low - 10 : min(max(outputs[i], plot.y.low - 10), plot.y.high + 10)
      points.append(plot.place(Point(inputs[i], y)))
    }
    canvas.polyline(points, stroke: Stroke(.curve, width: 3))
  }

  override func drawLegend(on canvas: any Canvas, at place: Point) {
    canvas.segments([place, Point(place.x + 22, place.y)], stroke: Stroke(.curve, width: 3))
    canvas.write(Text("the network"), at: Point(place.x + 29, place.y + 4), role: .ink)
    let second = place.x + 124
    canvas.segments([Point(second, place.y), Point(second + 22, place.y)], stroke: RegressionFigure.trueCurve)
    canvas.write(Text("x³ + 0.15"), at: Point(second + 29, place.y + 4), role: .ink)
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
