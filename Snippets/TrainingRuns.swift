import Chainrule
import Foundation

// snippet.hide
var random = RandomSource(seed: 1)
var inputs: [Float] = []
var targets: [Float] = []
for _ in 0..<200 {
  let (x, y) = (random.uniform(-1, 1), random.uniform(-1, 1))
  inputs += [x, y]
  targets.append(x * y)
}
let all = Dataset(inputs: inputs, targets: targets, inputCount: 2, targetCount: 1)
let (data, validation) = all.split(holdout: 0.2, seed: 1)
// snippet.show
var run = try TrainingRun(
  network: Network("2, 16 tanh, 1", seed: 1), data: data, validation: validation,
  optimizer: .adam(learningRate: 0.01), stopping: .early(patience: 10, epochs: 100), seed: 1)
while let epoch = try run.nextEpoch() {
  if epoch.index == 1 { print(epoch.index, epoch.loss, epoch.validationLoss ?? 0) }
}
print(run.epochs, "epochs,", run.steps, "steps")

var slow = try TrainingRun(network: Network("2, 16 tanh, 1", seed: 1), data: data, batchSize: 40)
var step = try slow.nextStep()
while step.epoch == nil { step = try slow.nextStep() }
print("step", step.index, "ends epoch", slow.epochs)

let before = slow.state
try slow.nextStep()
try slow.restore(before)
print("back at step", slow.steps)

let saved = try JSONEncoder().encode(slow.state)
try slow.train(epochs: 5)

var resumed = try TrainingRun(network: Network("2, 16 tanh, 1"), data: data, batchSize: 40)
try resumed.restore(JSONDecoder().decode(TrainingRun.State.self, from: saved))
try resumed.train(epochs: 5)
print("the same bits:", resumed.network.fingerprint == slow.network.fingerprint)

let stream = Dataset(inputs: [0.5, 0.5, -0.5, 0.5], targets: [0.25, -0.25], inputCount: 2, targetCount: 1)
for _ in 1...3 { try slow.learn(from: stream) }
print("epochs are still", slow.epochs)

var network = run.network
network.setFrozen(true, layer: 0)
var tuned = try TrainingRun(network: network, data: data, optimizer: .sgd(learningRate: 0.1))
try tuned.train(epochs: 3)
print(tuned.network.weights(ofLayer: 0) == network.weights(ofLayer: 0))
print(tuned.network.weights(ofLayer: 1) == network.weights(ofLayer: 1))
