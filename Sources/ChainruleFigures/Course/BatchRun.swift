import ChainruleCore
import ChainruleKernels

/// Gradient descent with batches of one size, as far as it was asked for: each batch is as many passes forward and backward
/// as it has samples, and one update.
///
/// All samples are gone through in an order of their own, and again in another one.
final class BatchRun {
  /// Samples in a batch.
  let size: Int
  /// Weight and bias at the start and after each update.
  private(set) var path: [Point] = []
  /// The loss over all samples at each of these places.
  private(set) var losses: [Float] = []
  /// Where each batch pulled, as a direction beside that of all samples, which is (1, 0).
  private(set) var pulls: [Point] = []
  /// The angles between the two in degrees, added up: none at first, then one more after each update.
  private var turns: [Float] = [0]
  /// Whether numbers grew until there were none.
  private(set) var hasFailed = false

  private var network: Network
  private var random: RandomSource
  private var order: [Int] = []
  /// The gradient of all samples where the run stands.
  private var gradient = Point(0, 0)

  init(size: Int, start: Point, seed: UInt64, fit: LineFit) {
    self.size = size
    network = LineFit.network(at: start)
    random = RandomSource(seed: seed)
    for row in 0..<LineFit.samples { order.append(row) }
    arrive(fit)
  }

  /// The updates made so far.
  var updates: Int { path.count - 1 }

  /// The mean angle between the batches' gradients and those of all samples, over so many updates, in degrees.
  func meanAngle(_ updates: Int) -> Float { updates == 0 ? 0 : turns[updates] / Float(updates) }

  private func arrive(_ fit: LineFit) {
    let (loss, gradient) = fit.look(network)
    hasFailed = !loss.isFinite
    if hasFailed { return }
    self.gradient = gradient
    path.append(LineFit.place(of: network))
    losses.append(loss)
  }

  /// Goes on until so many updates are made.
  func go(to updates: Int, learningRate: Float, fit: LineFit) {
    while self.updates < updates && !hasFailed {
      let first = self.updates * size % LineFit.samples
      // A batch of all samples takes them as they come: in another order their sum would be another in its last digit.
      if first == 0 && size < LineFit.samples { random.shuffle(&order) }
      var inputs: [Float] = []
      var targets: [Float] = []
      for row in order[first..<(first + size)] {
        inputs.append(fit.inputs[row])
        targets.append(fit.targets[row])
      }
      do throws(TrainingError) {
        try fit.step.train(
          &network, inputs: inputs, targets: targets, rows: size, optimizer: .sgd(learningRate: learningRate))
        compare(fit.gradient)
        arrive(fit)
      } catch {
        hasFailed = true
      }
    }
  }

  /// Notes where a batch pulls beside all samples.
  private func compare(_ pull: Point) {
    let square = (pull.x * pull.x + pull.y * pull.y) * (gradient.x * gradient.x + gradient.y * gradient.y)
    var direction = Point(1, 0)
    if square > 0 && square.isFinite {
      let length = square.squareRoot()
      direction.x = (pull.x * gradient.x + pull.y * gradient.y) / length
      direction.y = (pull.y * gradient.x - pull.x * gradient.y) / length
    }
    pulls.append(direction)
    turns.append(turns[turns.count - 1] + BatchRun.angle(cosine: direction.x))
  }

  /// The angle that has a cosine, in degrees, to within 0.004 (Abramowitz and Stegun, 4.4.45).
  private static func angle(cosine: Float) -> Float {
    let x = min(cosine.magnitude, 1)
    let series = 1.5707288 + x * (-0.2121144 + x * (0.074261 - x * 0.0187293))
    let degrees = (1 - x).squareRoot() * series * 57.29578
    return cosine < 0 ? 180 - degrees : degrees
  }
}
