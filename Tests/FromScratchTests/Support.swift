import FromScratch

/// One training example.
struct Sample: Sendable {
  var inputs: [Double]
  var targets: [Double]
}

/// A small seeded generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// The place of one weight, or of a bias where `weight` is nil.
struct Place {
  var layer: Int
  var perceptron: Int
  var weight: Int?
}

extension MLP {
  /// The places of all weights and biases.
  var places: [Place] {
    layers.indices.flatMap { layer in
      layers[layer].perceptrons.indices.flatMap { perceptron in
        layers[layer].perceptrons[perceptron].weights.indices.map {
          Place(layer: layer, perceptron: perceptron, weight: $0)
        } + [Place(layer: layer, perceptron: perceptron, weight: nil)]
      }
    }
  }

  /// The weight or bias at a place.
  subscript(place: Place) -> Double {
    get {
      let perceptron = layers[place.layer].perceptrons[place.perceptron]
      return place.weight.map { perceptron.weights[$0] } ?? perceptron.bias
    }
    set {
      if let weight = place.weight {
        layers[place.layer].perceptrons[place.perceptron].weights[weight] = newValue
      } else {
        layers[place.layer].perceptrons[place.perceptron].bias = newValue
      }
    }
  }

  /// All weights and biases.
  var parameters: [Double] { places.map { self[$0] } }

  /// The accumulated derivative of each weight and bias.
  var derivatives: [Double] {
    places.map { place in
      let perceptron = layers[place.layer].perceptrons[place.perceptron]
      return place.weight.map { perceptron.weightDerivatives[$0] } ?? perceptron.biasDerivative
    }
  }

  /// Runs each sample forward and backward.
  mutating func accumulate(_ samples: [Sample]) {
    for sample in samples {
      forward(sample.inputs)
      backward(targets: sample.targets)
    }
  }

  /// The mean loss of the samples.
  func meanCost(_ samples: [Sample]) -> Double {
    var net = self
    let costs = samples.map { sample in
      net.forward(sample.inputs)
      return net.loss(targets: sample.targets)
    }
    return costs.reduce(0, +) / Double(samples.count)
  }
}
