import ChainruleCore
import Testing

/// Initializers against their formulas, and against the distribution of PyTorch's draws.
struct InitializerVectorTests {
  private struct Vectors: Decodable {
    struct Entry: Decodable {
      let name: String
      let outputs: Int
      let inputs: Int
      let variance: Double
      let bound: Double?
      let sampleVariance: Double
      let sampleFourthMoment: Double
    }
    let repetitions: Int
    let initializers: [Entry]
  }

  @Test("mean, variance, fourth moment and bound")
  func moments() throws {
    let content = try vectors("initializers", as: Vectors.self)
    for entry in content.initializers {
      let initializer = try #require(Initializer(name: entry.name))
      let schema = try Schema(inputs: entry.inputs, layers: [.init(entry.outputs, .relu)])
      var values: [Double] = []
      for seed in 0..<UInt64(content.repetitions) {
        let network = Network(schema, initializer: initializer, seed: seed)
        values += network.weights(ofLayer: 0).map(Double.init)
      }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + $1 * $1 } / count
      let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
      // Five standard errors of a sample of this size; the fourth power has the widest.
      let error = 5 * (10 / count).squareRoot()
      let place = "\(entry.name) (\(entry.outputs), \(entry.inputs))"
      #expect(abs(mean) <= error * entry.variance.squareRoot(), "\(place)")
      #expect(abs(variance - entry.variance) <= error * entry.variance, "\(place): \(variance)")
      #expect(abs(fourth - entry.sampleFourthMoment) <= 8 * error * entry.sampleFourthMoment, "\(place): \(fourth)")
      let largest = values.map(abs).max() ?? 0
      if let bound = entry.bound { #expect(largest <= bound * (1 + 1e-6), "\(place): \(largest)") }
    }
    #expect(Set(content.initializers.map(\.name)) == Set(Initializer.all.map(\.name)).subtracting(["constant"]))
  }

  @Test("orthogonal matrices are orthogonal", arguments: [(8, 5), (5, 8), (30, 30), (1, 7), (100, 64)])
  func orthogonal(outputs: Int, inputs: Int) throws {
    let schema = try Schema(inputs: inputs, layers: [.init(outputs)])
    let weights = Network(schema, initializer: .orthogonal(gain: 2), seed: 1).weights(ofLayer: 0)
    let count = min(outputs, inputs)
    for a in 0..<count {
      for b in 0..<count {
        var product: Float = 0
        if outputs <= inputs {
          for i in 0..<inputs { product += weights[a * inputs + i] * weights[b * inputs + i] }
        } else {
          for i in 0..<outputs { product += weights[i * inputs + a] * weights[i * inputs + b] }
        }
        #expect(abs(product - (a == b ? 4 : 0)) < 1e-5)
      }
    }
  }
}
