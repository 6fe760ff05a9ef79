/// A pulse's way through a network: from all inputs or from one perceptron along the connections to the end, a layer at a
/// time. It rests in the perceptrons before it sets out along their connections.
struct Pulse {
  typealias Node = NetworkDiagram.Node

  private static let layersPerSecond: Float = 0.8
  /// The part of a layer's time that it rests.
  private static let rest: Float = 0.3

  /// Where it began; `nil` for all inputs.
  let start: Node?
  /// How far it has come, in layers from its start.
  private var progress: Float = 0

  init(from start: Node? = nil) {
    self.start = start
  }

  private var firstLayer: Int { start?.layer ?? 0 }

  /// Lets it run on.
  mutating func advance(by seconds: Float) {
    progress += seconds * Pulse.layersPerSecond
  }

  /// Whether it has left the last of so many layers.
  func isOver(layers: Int) -> Bool { firstLayer + Int(progress) >= layers }

  /// Whether it passes a perceptron at all.
  @inline(never)
  func passes(_ node: Node) -> Bool {
    guard let start else { return true }
    return node.layer > start.layer || node == start
  }

  /// Whether it is in a perceptron, or on its way out of it.
  @inline(never)
  func isIn(_ node: Node) -> Bool {
    progress > 0 && Int(progress) == node.layer - firstLayer && passes(node)
  }

  /// How far along a connection it is, from 0 to 1; `nil` if it is elsewhere.
  func place(on edge: NetworkDiagram.Edge) -> Float? {
    if !isIn(edge.source) { return nil }
    let part = (progress - Float(Int(progress)) - Pulse.rest) / (1 - Pulse.rest)
    return part > 0 ? part : nil
  }
}
