import ChainruleCore

extension Network {
  /// TensorFlow Playground's first net.
  static var playground: Network {
    Network(try! Schema(inputs: 2, layers: [.init(4, .tanh), .init(2, .tanh), .init(1, .tanh)]), seed: 1)
  }

  /// The net of the course's figure about classification.
  static var classifier: Network {
    let hidden = Schema.Layer(30, .leakyReLU())
    let schema = try! Schema(inputs: 2, layers: [hidden, hidden, hidden, .init(30), .init(1, .sigmoid)])
    return Network(schema, seed: 1)
  }
}

extension Dataset {
  /// Points of the plane, every other one inside a disc, the rest in a ring around it.
  ///
  /// - Parameters:
  ///   - count: how many points.
  ///   - inside: the target of those inside.
  ///   - outside: the target of the others.
  init(disc count: Int, inside: Float, outside: Float) {
    var random = RandomSource(seed: 1)
    var inputs: [Float] = []
    var targets: [Float] = []
    while targets.count < count {
      let x = random.uniform(-1, 1)
      let y = random.uniform(-1, 1)
      let square = x * x + y * y
      let isInside = targets.count % 2 == 0
      if isInside ? square > 0.25 : square < 0.49 || square > 1 { continue }
      inputs += [x, y]
      targets.append(isInside ? inside : outside)
    }
    self.init(inputs: inputs, targets: targets, inputCount: 2)
  }
}
