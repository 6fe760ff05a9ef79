import Chainrule

// snippet.hide
func rounded(_ value: Float) -> Float { (value * 100).rounded() / 100 + 0 }
var random = RandomSource(seed: 1)
var inputs: [Float] = []
var targets: [Float] = []
for _ in 0..<60 {
  let row = (0..<6).map { _ in random.normal() }
  inputs += row
  targets.append(2 * row[0] - row[1] + 0.1 * random.normal())
}
let data = Dataset(inputs: inputs, targets: targets, inputCount: 6, targetCount: 1)
// snippet.show
// Six inputs, of which the first two matter.
for regularizer in [Regularizer(), Regularizer(l1: 0.2), Regularizer(l2: 0.2)] {
  var run = try TrainingRun(
    network: Network("6, 1", seed: 1), data: data, optimizer: .sgd(learningRate: 0.02),
    regularizer: regularizer, stopping: .after(epochs: 300))
  try run.train()
  let weights = run.network.weights(ofLayer: 0)
  print("l1", regularizer.l1, "l2", regularizer.l2, weights.map(rounded))
}

let elasticNet = Regularizer(l1: 0.0001, l2: 0.001, maxNorm: 3)
let network = Network("6, 32 relu, dropout 0.3, 1", seed: 1)
var run = try TrainingRun(
  network: network, data: data, regularizer: elasticNet, stopping: .early(patience: 15), seed: 1)
try run.train(epochs: 20)
print("a penalty is there:", elasticNet.penalty(of: run.network) > 0)
