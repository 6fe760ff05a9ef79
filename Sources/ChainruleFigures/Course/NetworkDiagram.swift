/// Where the perceptrons of a network stand in a picture: layer by layer from left to right, all layers in the middle and
/// equally dense, so that the picture has the network's shape.
struct NetworkDiagram {
  /// One perceptron: its layer, the inputs being layer 0, and its place in it.
  struct Node: Equatable {
    var layer: Int
    var index: Int
  }

  /// A connection to a perceptron from one of the layer before.
  struct Edge: Equatable {
    var to: Node
    var from: Int
    /// The perceptron that it comes from.
    var source: Node { Node(layer: to.layer - 1, index: from) }
  }

  /// Layers of more than these are drawn by their first three and last two perceptrons, with dots in a row between.
  private static let mostRows = 8

  /// The perceptrons in each layer, the inputs first.
  let sizes: [Int]
  let frame: Rectangle
  /// How large a perceptron is drawn.
  let radius: Float
  /// From one perceptron of a layer to the next.
  let pitch: Float

  init(sizes: [Int], frame: Rectangle, radii: ClosedRange<Float> = 10...24) {
    self.sizes = sizes
    self.frame = frame
    var tallest = 1
    for size in sizes { tallest = max(tallest, NetworkDiagram.rows(size)) }
    pitch = frame.height / Float(tallest)
    // Between layers there is room for a weight.
    let room = min(0.36 * pitch, 0.29 * frame.width / Float(sizes.count))
    radius = min(max(room, radii.lowerBound), radii.upperBound)
  }

  /// From one layer to the next.
  var distance: Float { (frame.width - 2 * radius) / Float(max(sizes.count - 1, 1)) }

  private static func rows(_ size: Int) -> Int { size <= mostRows ? size : 6 }

  /// Whether a layer has too many perceptrons for the picture.
  func isAbridged(_ layer: Int) -> Bool { sizes[layer] > NetworkDiagram.mostRows }

  /// The perceptrons of a layer that are drawn.
  @inline(never)
  func shown(_ layer: Int) -> [Int] {
    let size = sizes[layer]
    return isAbridged(layer) ? [0, 1, 2, size - 2, size - 1] : Array(0..<size)
  }

  /// Every perceptron that is drawn.
  @inline(never)
  var nodes: [Node] {
    var nodes: [Node] = []
    for layer in sizes.indices {
      for index in shown(layer) { nodes.append(Node(layer: layer, index: index)) }
    }
    return nodes
  }

  /// The middle of a perceptron.
  @inline(never)
  func place(_ node: Node) -> Point {
    let isLate = isAbridged(node.layer) && node.index > 2
    return place(layer: node.layer, row: isLate ? node.index - sizes[node.layer] + 6 : node.index)
  }

  private func place(layer: Int, row: Int) -> Point {
    let fromMiddle = Float(row) - 0.5 * Float(NetworkDiagram.rows(sizes[layer]) - 1)
    return Point(
      frame.x + radius + distance * Float(layer), frame.y + 0.5 * frame.height + fromMiddle * pitch)
  }

  /// Where the dots stand for the perceptrons of an abridged layer that are not drawn.
  func placeOfDots(_ layer: Int) -> Point { place(layer: layer, row: 3) }

  /// Every connection that is drawn.
  @inline(never)
  var edges: [Edge] {
    @inline(never)
    var edges: [Edge] = []
    for node in nodes where node.layer > 0 {
      for from in shown(node.layer - 1) { edges.append(Edge(to: node, from: from)) }
    }
    return edges
  }

  /// Both ends of a connection.
  func ends(_ edge: Edge) -> (Point, Point) { (place(edge.source), place(edge.to)) }

  /// A place on a connection, from 0 at its source to 1.
  @inline(never)
  func place(_ part: Float, on edge: Edge) -> Point {
    let (a, b) = ends(edge)
    return Point(a.x + part * (b.x - a.x), a.y + part * (b.y - a.y))
  }

  // MARK: What is meant

  /// The perceptron at a place; `nil` if there is none.
  func node(at place: Point) -> Node? {
    // A finger is broader than a mouse's tip.
    let reach = max(radius, 22)
    var best: Node?
    var nearest = reach * reach
    for node in nodes {
      let distance = self.place(node).squaredDistance(to: place)
      if distance <= nearest {
        nearest = distance
        best = node
      }
    }
    return best
  }

  /// The connection at a place, or as near as `reach`; `nil` if there is none.
  func edge(at place: Point, reach: Float = 8) -> Edge? {
    var best: Edge?
    var nearest = reach * reach
    for edge in edges {
      let distance = squaredDistance(from: place, to: edge)
      if distance < nearest {
        nearest = distance
        best = edge
      }
    }
    return best
  }

  private func squaredDistance(from point: Point, to edge: Edge) -> Float {
    let (a, b) = ends(edge)
    let length = a.squaredDistance(to: b)
    let along = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length
    let part = min(max(along, 0), 1)
    return point.squaredDistance(to: Point(a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)))
  }

  /// The perceptron that an arrow key leads to; from none, the first.
  func neighbour(of node: Node?, _ key: Key) -> Node {
    guard let node else { return Node(layer: 0, index: 0) }
    var layer = node.layer
    if key == .left { layer = max(layer - 1, 0) }
    if key == .right { layer = min(layer + 1, sizes.count - 1) }
    // The nearest in height, where it is asked for one further up or down: a little more than one, to get across dots.
    let height = place(node).y + (key == .up ? -1.2 : key == .down ? 1.2 : 0) * pitch
    var best = node
    var nearest = Float.infinity
    for other in nodes where other.layer == layer {
      let distance = (place(other).y - height).magnitude
      if distance < nearest {
        nearest = distance
        best = other
      }
    }
    return best
  }
}
