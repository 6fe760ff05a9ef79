import ChainruleCore
import ChainruleKernels

/// The smallest model that can be seen whole: a line, weight · x + bias, through 64 noisy samples. Its loss is a bowl over
/// the two parameters.
final class LineFit {
  static let samples = 64
  static let schema = try! Schema(inputs: 1, layers: [.init(1)])

  let inputs: [Float]
  let targets: [Float]
  /// Differentiates and trains a network that the caller owns.
  let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: samples, kernels: .course)
  /// Where the loss is smallest.
  private(set) var minimum = Point(0, 0)
  /// That smallest loss.
  private(set) var smallestLoss: Float = 0
  /// The loss's second derivatives H as a triangle times its transpose (Cholesky): H = [a 0; b c] · [a b; 0 c].
  private var (a, b, c): (Float, Float, Float) = (1, 0, 1)

  init() {
    var random = RandomSource(seed: 8)
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<LineFit.samples {
      let x = random.uniform(-0.6, 1.6)
      inputs.append(x)
      targets.append(0.8 * x + 0.2 + 0.6 * random.normal())
    }
    self.inputs = inputs
    self.targets = targets
    // The loss is quadratic: its gradient at three places says all about it.
    let origin = look(at: Point(0, 0)).gradient
    let across = look(at: Point(1, 0)).gradient
    let up = look(at: Point(0, 1)).gradient
    a = (across.x - origin.x).squareRoot()
    b = (across.y - origin.y) / a
    c = (up.y - origin.y - b * b).squareRoot()
    let y = (b * origin.x / a - origin.y) / (c * c)
    minimum = Point((-origin.x / a - b * y) / a, y)
    smallestLoss = look(at: minimum).loss
  }

  // Inlined in all its places, this would make the WebAssembly module larger.
  @inline(never)
  static func network(at place: Point) -> Network {
    var network = Network(schema, initializer: .zeros)
    network.setWeights([place.x], ofLayer: 0)
    network.setBiases([place.y], ofLayer: 0)
    return network
  }

  /// Weight and bias of a network.
  static func place(of network: Network) -> Point {
    Point(network.weights(ofLayer: 0)[0], network.biases(ofLayer: 0)[0])
  }

  /// The gradient of the latest batch.
  var gradient: Point { Point(step.weightGradients(ofLayer: 0)[0], step.biasGradients(ofLayer: 0)[0]) }

  /// The loss over all samples and its gradient; an infinite loss if they can't be had.
  @inline(never)
  func look(_ network: Network) -> (loss: Float, gradient: Point) {
    do throws(TrainingError) {
      let loss = try step.differentiate(network, inputs: inputs, targets: targets, rows: LineFit.samples)
      return (loss, gradient)
    } catch {
      return (.infinity, Point(0, 0))
    }
  }

  private func look(at place: Point) -> (loss: Float, gradient: Point) { look(LineFit.network(at: place)) }

  /// All places whose loss is that at the bottom and ½ `distance`² more: an ellipse.
  func contour(_ distance: Float) -> [Point] {
    var points: [Point] = []
    // A circle, made by turning a pointer by 6 degrees again and again, and then brought into shape.
    var (x, y) = (distance, Float(0))
    for _ in 0...60 {
      let up = y / c
      points.append(Point(minimum.x + (x - b * up) / a, minimum.y + up))
      (x, y) = (0.9945219 * x - 0.1045285 * y, 0.1045285 * x + 0.9945219 * y)
    }
    return points
  }
}
