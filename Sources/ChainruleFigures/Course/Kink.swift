import ChainruleCore

/// A place where the curve of a network of ReLUs bends, as one of them switches on or off.
struct Kink: Equatable {
  let x: Float
  /// The ReLU whose sum passes zero there.
  let node: NetworkDiagram.Node
  /// Whether it gives more than 0 on the right.
  let turnsOn: Bool
  /// The curve's slopes on the left and on the right.
  let slopes: (before: Float, after: Float)

  static func == (a: Kink, b: Kink) -> Bool { a.x == b.x && a.node == b.node }

  /// All kinks in a stretch, from left to right.
  ///
  /// Where a ReLU is on at one place of a fine grid and off at the next, halving finds the spot. It is a kink if the curve
  /// bends there: behind ReLUs that are off, nobody hears of it.
  static func all(of network: Network, in range: Plot.Range) -> [Kink] {
    let count = 400
    var places: [Float] = []
    for i in 0...count { places.append(range.low + range.length * Float(i) / Float(count)) }
    let values = network.layers(places)
    var kinks: [Kink] = []
    for i in 1...count {
      for layer in 0..<values.count - 2 {
        let width = values[layer].count / (count + 1)
        for unit in 0..<width {
          let turnsOn = values[layer][i * width + unit] > 0
          if turnsOn == (values[layer][(i - 1) * width + unit] > 0) { continue }
          var (low, high) = (places[i - 1], places[i])
          for _ in 0..<16 {
            let middle = 0.5 * (low + high)
            if (network.layers([middle])[layer][unit] > 0) == turnsOn { high = middle } else { low = middle }
          }
          let x = 0.5 * (low + high)
          let slopes = (
            slope(of: network, from: x - 0.005, to: x - 0.001), slope(of: network, from: x + 0.001, to: x + 0.005)
          )
          if (slopes.1 - slopes.0).magnitude < 0.005 { continue }
          kinks.append(Kink(x: x, node: .init(layer: layer + 1, index: unit), turnsOn: turnsOn, slopes: slopes))
          // Two in one cell of the grid may have come in the wrong order.
          let last = kinks.count - 1
          if last > 0 && kinks[last - 1].x > x { kinks.swapAt(last - 1, last) }
        }
      }
    }
    return kinks
  }

  private static func slope(of network: Network, from low: Float, to high: Float) -> Float {
    (network.output(high) - network.output(low)) / (high - low)
  }
}
