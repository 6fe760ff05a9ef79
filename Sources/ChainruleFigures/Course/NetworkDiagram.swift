/// Where the perceptrons of a network stand in a picture: layer by layer from left to right, each layer in the middle.
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
  }

  /// The perceptrons in each layer, the inputs first.
  let sizes: [Int]
  let frame: Rectangle
  /// How large a perceptron is drawn.
  let radius: Float

  init(sizes: [Int], frame: Rectangle) {
    self.sizes = sizes
    self.frame = frame
    var tallest = 1
    for size in sizes { tallest = max(tallest, size) }
    let room = min(frame.height / Float(tallest), frame.width / Float(sizes.count))
    radius = min(max(room * 0.32, 10), 24)
  }

  /// The middle of a perceptron.
  func place(_ node: Node) -> Point {
    let across = (frame.width - 2 * radius) / Float(max(sizes.count - 1, 1))
    let count = sizes[node.layer]
    let down = frame.height / Float(count)
    return Point(
      frame.x + radius + across * Float(node.layer), frame.y + down * (Float(node.index) + 0.5))
  }

  /// The perceptron at a place; `nil` if there is none.
  func node(at place: Point) -> Node? {
    // A finger is broader than a mouse's tip.
    let reach = max(radius, 22)
    var best: Node?
    var nearest = reach * reach
    for layer in sizes.indices {
      for index in 0..<sizes[layer] {
        let node = Node(layer: layer, index: index)
        let distance = self.place(node).squaredDistance(to: place)
        if distance <= nearest {
          nearest = distance
          best = node
        }
      }
    }
    return best
  }

  /// The connection at a place; `nil` if there is none.
  func edge(at place: Point) -> Edge? {
    var best: Edge?
    var nearest: Float = 8 * 8
    for layer in 1..<sizes.count {
      for index in 0..<sizes[layer] {
        for from in 0..<sizes[layer - 1] {
          let edge = Edge(to: Node(layer: layer, index: index), from: from)
          let distance = squaredDistance(from: place, to: edge)
          if distance < nearest {
            nearest = distance
            best = edge
          }
        }
      }
    }
    return best
  }

  /// Both ends of a connection.
  func ends(_ edge: Edge) -> (Point, Point) {
    (place(Node(layer: edge.to.layer - 1, index: edge.from)), place(edge.to))
  }

  private func squaredDistance(from point: Point, to edge: Edge) -> Float {
    let (a, b) = ends(edge)
    let length = a.squaredDistance(to: b)
    let along = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length
    let part = min(max(along, 0), 1)
    return point.squaredDistance(to: Point(a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)))
  }
}
