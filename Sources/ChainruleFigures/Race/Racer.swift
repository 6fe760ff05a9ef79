import ChainruleCore
import ChainruleKernels

/// One optimizer in a race, and how far it has come.
final class Racer {
  let optimizer: Optimizer
  private let goal: Float
  private var state: StepState
  /// Where it has been on a surface, the start first.
  private(set) var path: [Point] = []
  /// The network that it trains.
  private(set) var network: Network?
  /// The loss at the start and after each step.
  private(set) var losses: [Float] = []
  /// The step at which it came to the goal, if it has stayed there.
  private(set) var arrival: Int?
  /// Whether its numbers grew without bounds: it stands where it was last.
  private(set) var isLost = false

  /// A racer at the start of a surface.
  init(_ optimizer: Optimizer, on surface: Surface, start: Point, goal: Float) {
    self.optimizer = optimizer
    self.goal = goal
    state = StepState(parameterCount: 2, optimizer: optimizer)
    path = [start]
    arrive(with: surface.at(start.x, start.y).height)
  }

  /// A racer that begins with a task's network.
  init(_ optimizer: Optimizer, on task: NetworkTask, goal: Float) {
    self.optimizer = optimizer
    self.goal = goal
    state = StepState(for: task.start.schema, optimizer: optimizer)
    network = task.start
    arrive(with: task.loss(of: task.start))
  }

  /// The loss where it stands.
  var loss: Float { losses[losses.count - 1] }

  /// Goes a step down a surface.
  func descend(_ surface: Surface) {
    let place = path[path.count - 1]
    let slope = surface.at(place.x, place.y).slope
    var weights = [place.x, place.y]
    optimizer.update(&weights, gradients: [slope.x, slope.y], state: &state, kernels: .course)
    arrive(with: surface.at(weights[0], weights[1]).height)
    if !isLost { path.append(Point(weights[0], weights[1])) }
  }

  /// Trains its network on a task's batch.
  func train(_ task: NetworkTask) {
    guard var network else { return }
    arrive(with: task.train(&network, state: &state, optimizer: optimizer))
    if !isLost { self.network = network }
  }

  private func arrive(with loss: Float) {
    isLost = !(loss < 1e6)
    if isLost || loss > goal {
      arrival = nil
    } else if arrival == nil {
      arrival = losses.count
    }
    if !isLost { losses.append(loss) }
  }
}
