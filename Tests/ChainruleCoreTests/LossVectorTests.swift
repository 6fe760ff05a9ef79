import ChainruleCore
import ChainruleKernels
import Testing

/// Losses and their gradients against PyTorch's in double precision.
struct LossVectorTests {
  private struct Vectors: Decodable {
    struct Entry: Decodable {
      let name: String
      let parameter: Float?
      let activation: String
      let rows: Int
      let columns: Int
      let outputs: [Float]
      let targets: [Float]
      let weights: [Float]?
      let value: Double
      let gradient: [Double]
    }
    let losses: [Entry]
  }

  @Test("value, and gradient with respect to the last layer's sums", arguments: tables)
  func losses(kernels: Kernels) throws {
    let entries = try vectors("losses", as: Vectors.self).losses
    for entry in entries {
      let plain = try #require(Loss(name: entry.name))
      let loss = try #require(entry.parameter.map { plain.withParameter($0) } ?? plain)
      // One perceptron per output, whose weights pass the inputs on, so its sums are the inputs. The derivative with
      // respect to the bias is that with respect to the sum, added over the rows; so each row runs alone, with its
      // share of the weights.
      let columns = entry.columns
      var network = Network(
        try Schema(parsing: "\(columns), \(columns) \(entry.activation)"), initializer: .zeros)
      for i in 0..<columns { network[layer: 0, output: i, input: i] = 1 }
      let data = Dataset(
        inputs: entry.outputs, targets: entry.targets, inputCount: columns, targetCount: columns, weights: entry.weights
      )
      let value = try network.meanLoss(loss, on: data, kernels: kernels)
      #expect(
        abs(Double(value) - entry.value) <= 1e-6 * max(abs(entry.value), 1e-2), "\(loss): \(value), \(entry.value)")

      let weights = entry.weights ?? [Float](repeating: 1, count: entry.rows)
      let total = weights.reduce(0, +)
      let step = TrainingStep(schema: network.schema, loss: loss, batchCapacity: 1, kernels: kernels)
      var gradient: [Float] = []
      for row in 0..<entry.rows {
        let range = (row * columns)..<((row + 1) * columns)
        try step.differentiate(
          network, inputs: Array(entry.outputs[range]), targets: Array(entry.targets[range]), rows: 1)
        gradient += step.biasGradients(ofLayer: 0).map { $0 * weights[row] / total }
      }
      #expect(relativeDistance(gradient, entry.gradient) <= 1e-6, "\(loss)")
    }
    #expect(Set(entries.map(\.name)) == Set(Loss.all.map(\.name)))
  }
}
