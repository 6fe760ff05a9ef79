import AllocationCounter
import Chainrule
import Testing

/// Prediction with memory that's allocated once.
struct PredictorTests {
  private static let schemas: [Schema] = [
    "2, 4 tanh, 1", "3, 30 leakyrelu, 30, 1 sigmoid", "20, 40 relu, batchnorm, 7 softmax",
    "5, 9 gelu, layernorm, dropout 0.5, 2", "70, 150 relu, 131 tanh, 90, batchnorm, 3 softmax",
  ]

  private static func inputs(_ schema: Schema, rows: Int) -> [Float] {
    var random = RandomSource(seed: 3)
    return (0..<(rows * schema.inputs)).map { _ in random.uniform(-1, 1) }
  }

  @Test("any number of rows, in pieces or not, gives the same as a training step's forward pass", arguments: schemas)
  func agreement(schema: Schema) {
    let network = Network(schema, seed: 5)
    for kernels in tables {
      for rows in [1, 3, 64, 65, 300] {
        let inputs = Self.inputs(schema, rows: rows)
        let step = TrainingStep(
          schema: schema, loss: .standard(for: schema), batchCapacity: rows, kernels: kernels)
        step.forward(network, inputs: inputs, rows: rows)
        let expected = step.outputs(ofLayer: schema.layers.count - 1, rows: rows)
        for capacity in [1, 7, 64, 256] {
          let found = Predictor(network, batchCapacity: capacity, kernels: kernels).predict(inputs)
          #expect(found.count == expected.count)
          for (e, f) in zip(expected, found) where abs(e - f) > 1e-5 * max(1, abs(e)) {
            Issue.record("\(schema.text), \(rows) rows, \(capacity) at a time: \(e), \(f)")
            return
          }
        }
      }
    }
  }

  @Test("predicting allocates nothing, and doesn't change values after the last row", arguments: schemas)
  func memory(schema: Schema) {
    for kernels in tables {
      let predictor = Predictor(Network(schema, seed: 5), kernels: kernels)
      let inputs = Self.inputs(schema, rows: 300)
      var outputs = [Float](repeating: 7, count: 300 * schema.outputs + 1)
      predictor.predict(inputs, into: &outputs)
      allocation_counter_start()
      predictor.predict(inputs, into: &outputs)
      #expect(allocation_counter_stop() == 0)
      #expect(outputs.last == 7)
    }
  }

  @Test("a predictor's packed weights change no bits")
  func order() {
    let network = Network("90, 300 relu, 203 leakyrelu, 110, 130 sigmoid", seed: 6)
    for kernels in tables {
      for rows in [1, 7, 8, 31, 257] {
        let inputs = Self.inputs(network.schema, rows: rows)
        let once = network.predict(inputs, kernels: kernels)
        #expect(Predictor(network, kernels: kernels).predict(inputs) == once)
      }
    }
  }

  @Test("no rows give no outputs")
  func nothing() {
    #expect(Predictor(Network("2, 4 tanh, 1")).predict([]) == [])
    #expect(Network("2, 4 tanh, 1").predict([]) == [])
  }
}
