import Chainrule

// snippet.hide
let inputs: [Float] = [0, 0, 0, 1, 1, 0, 1, 1]
// snippet.show
let data = Dataset(inputs: inputs, targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
var network = Network("2, 3 relu, 1", seed: 7)
network.setWeights([1, 0, 0, 1, -1, -1], ofLayer: 0)
network.setBiases([0, 0, -1], ofLayer: 0)
let values = network.values([0.5, 2])
print(values[0])

for (index, layer) in try network.report(on: data, loss: .squaredError).enumerated() {
  print("layer", index, "mean", layer.mean, "dead", layer.deadUnits)
}

let smooth = Network("2, 4 tanh, 1 sigmoid", seed: 7)
let check = try GradientCheck(of: smooth, on: data, loss: .binaryCrossEntropy)
print("the gradient is right:", check.relativeError < 1e-5)

let step = TrainingStep(schema: smooth.schema, loss: .binaryCrossEntropy, batchCapacity: data.count)
try step.differentiate(smooth, inputs: data.inputs, targets: data.targets, rows: data.count)
print(step.weightGradients(ofLayer: 1).count, "gradients of weights in layer 1")

let far = Dataset(inputs: [1, 2, 3, 4], targets: [10, 20, 30, 40], inputCount: 1, targetCount: 1)
var wild = try TrainingRun(
  network: Network("1, 1", seed: 1), data: far, optimizer: .sgd(learningRate: 50))
do {
  try wild.train()
} catch {
  print(error)
  if case .nonFinite(let found) = error { print(found.quantity, found.layer, found.cause) }
}

let hole = Dataset(inputs: [1, .nan], targets: [0, 1], inputCount: 1, targetCount: 1)
do {
  _ = try TrainingRun(network: Network("1, 1"), data: hole)
} catch {
  print(error)
}
