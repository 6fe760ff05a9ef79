import ChainruleCore

/// A network learns the curve y = x³ from 33 points that noise between 0 and 0.3 has lifted.
///
/// The net is `[1,[3,"relu"],[3,"relu"],[3,"relu"],4,1]`, trained by 20 random samples a step with learning rate 0.008 and
/// L2 0.0006, 1,200 steps a second.
///
/// Weights start uniform in (−1, 1). If biases do too, one start in four has a layer whose perceptrons are silent for every
/// point, or falls into one: a dead ReLU has no gradient and never recovers. Hidden biases of 0.1 prevent most of it.
/// The tests measure how many starts reach a mean squared error of 0.015 within twenty seconds.
public final class RegressionFigure: TrainingFigure {
  /// A figure with its original points and the weights of seed 1.
  public init() {
    super.init(
      Settings(
        task: RegressionFigure.task, samples: RegressionFigure.points, kinds: 1, tools: "Add|Erase",
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

  override func drawModel(on canvas: any Canvas) {
    // One place for every two pixels shows each kink where it is.
    let count = max(Int(plot.frame.width / 2), 2)
    var inputs = [Float](repeating: 0, count: count)
    for i in 0..<count { inputs[i] = plot.x.low + plot.x.length * Float(i) / Float(count - 1) }
    var points: [Point] = []
    points.reserveCapacity(count)
    for x in inputs { points.append(plot.place(Point(x, x * x * x + 0.15))) }
    canvas.polyline(points, stroke: Stroke(.muted, width: 1.5, opacity: 0.8, dash: 5))
    let outputs = session.predict(inputs)
    points.removeAll(keepingCapacity: true)
    for i in 0..<count {
      // Far outside, a curve's exact place means nothing and its coordinates could overflow.
      let y = min(max(outputs[i], plot.y.low - 10), plot.y.high + 10)
      points.append(plot.place(Point(inputs[i], y)))
    }
    canvas.polyline(points, stroke: Stroke(.curve, width: 3))
    drawLegend(on: canvas)
  }

  private func drawLegend(on canvas: any Canvas) {
    let x = plot.frame.x + 12
    let y = plot.frame.y + 18
    canvas.segments([Point(x, y), Point(x + 22, y)], stroke: Stroke(.curve, width: 3))
    canvas.text(
      Text("the network").bytes, at: Point(x + 29, y + 4), size: 12, alignment: .start, bold: false, fill: Fill(.ink))
    canvas.segments([Point(x, y + 19), Point(x + 22, y + 19)], stroke: Stroke(.muted, width: 1.5, dash: 5))
    canvas.text(
      Text("x³ + 0.15, without the noise").bytes, at: Point(x + 29, y + 23), size: 12, alignment: .start, bold: false,
      fill: Fill(.ink))
  }

  override func drawSample(_ sample: Sample, scale: Float, on canvas: any Canvas) {
    canvas.circle(
      center: plot.place(sample.place), radius: 4 * scale, fill: Fill(.accent),
      stroke: Stroke(.background, width: 1.5))
  }

  override func addQuality(to text: inout Text) {
    text.add("Mean squared error ")
    text.add(significant: loss)
  }

  override func addName(ofKind kind: Int, to text: inout Text) { text.add("a point") }
}
