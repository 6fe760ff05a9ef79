// Inspects a deep network before training: does the gradient reach the first layer, and is it right?
import Chainrule

var random = RandomSource(seed: 1)
let data = Dataset(
  inputs: (0..<64).map { _ in random.normal() }, targets: (0..<64).map { _ in random.normal() })
let schema = try Schema(inputs: 1, layers: [Schema.Layer](repeating: .init(16, .tanh), count: 8) + [.init(1)])

for initializer in [Initializer.uniform(limit: 0.1), .xavierUniform] {
  let network = Network(schema, initializer: initializer, seed: 1)
  print(initializer.name)
  for (index, layer) in try network.report(on: data).enumerated() {
    print("  layer \(index + 1): outputs ±\(layer.deviation), gradient \(layer.gradientNorm)")
  }
  let check = try GradientCheck(of: network, on: data.samples(Array(0..<4)), loss: .meanSquaredError)
  print("  off by \(check.relativeError) of its length")
}
