import ChainruleKernels

/// Points of two classes and one perceptron that separates them: the probability of the second class is the sigmoid of
/// w₁ · x₁ + w₂ · x₂ + b. Its loss is the cross-entropy.
struct Separation {
  /// A point and the class that it belongs to: 0 or 1.
  struct Sample {
    var place: Point
    let target: Float
  }

  /// Lengths and depths of bills in tenths of a millimeter, of 17 Adelie and then 14 Gentoo penguins: every 9th complete
  /// row of these two species in Palmer Station's penguins (Horst, Hill and Gorman 2020, CC0).
  private static let lengths: [UInt16] = [
    391, 378, 460, 379, 422, 411, 414, 364, 458, 367, 411, 350, 432, 357, 415, 356, 390, 487, 490, 502, 500, 440, 505,
    438, 498, 464, 500, 455, 559, 505, 468,
  ]
  private static let depths: [UInt8] = [
    187, 171, 215, 186, 185, 190, 186, 171, 189, 188, 181, 179, 190, 170, 183, 175, 187, 141, 161, 143, 153, 136, 159,
    139, 168, 150, 159, 145, 170, 152, 143,
  ]
  private static let adelies = 17

  static let length = Measure(name: "bill length, mm", origin: 43, unit: 5, ticks: [35, 40, 45, 50, 55])
  static let depth = Measure(name: "bill depth, mm", origin: 17, unit: 2, ticks: [13, 15, 17, 19, 21])
  /// XOR's inputs are 0 and 1.
  static let first = Measure(name: "input 1", origin: 0.5, unit: 0.4, ticks: [0, 1])
  static let second = Measure(name: "input 2", origin: 0.5, unit: 0.4, ticks: [0, 1])

  private(set) var samples: [Sample] = []
  /// Whether a point has been moved.
  private(set) var isChanged = false

  /// The penguins, or the four corners of XOR.
  init(isXOR: Bool) {
    if isXOR {
      for corner in 0..<4 {
        let (a, b) = (Float(corner & 1), Float(corner >> 1))
        samples.append(
          Sample(place: Point(Separation.first.scaled(a), Separation.second.scaled(b)), target: a == b ? 0 : 1))
      }
      return
    }
    for i in Separation.lengths.indices {
      let place = Point(
        Separation.length.scaled(Float(Separation.lengths[i]) / 10),
        Separation.depth.scaled(Float(Separation.depths[i]) / 10))
      samples.append(Sample(place: place, target: i < Separation.adelies ? 0 : 1))
    }
  }

  /// Moves a point.
  mutating func move(_ index: Int, to place: Point) {
    samples[index].place = place
    isChanged = true
  }

  /// The mean cross-entropy, its derivatives, and how many samples are on the side of their class.
  func look(_ line: SeparatingLine) -> (loss: Float, gradient: SeparatingLine, correct: Int) {
    var loss: Float = 0
    var gradient = SeparatingLine(weights: Point(0, 0), bias: 0)
    var correct = 0
    let n = Float(samples.count)
    for sample in samples {
      let sum = line.sum(at: sample.place)
      // −log p for the second class, −log (1 − p) for the first, from the sum: so nothing gets lost near 0 and 1.
      loss += (PortableMath.softplus(sum) - sample.target * sum) / n
      let error = (PortableMath.sigmoid(sum) - sample.target) / n
      gradient.weights.x += error * sample.place.x
      gradient.weights.y += error * sample.place.y
      gradient.bias += error
      if (sum > 0) == (sample.target == 1) && sum != 0 { correct += 1 }
    }
    return (loss, gradient, correct)
  }
}
