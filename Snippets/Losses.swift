import Chainrule

// snippet.hide
func rounded(_ value: Float) -> Float { (value * 1_000).rounded() / 1_000 }
// snippet.show
let times = Dataset(
  inputs: [0, 0, 0, 0, 0], targets: [1, 2, 3, 4, 100], inputCount: 1, targetCount: 1)
for loss: Loss in [.meanSquaredError, .meanAbsoluteError, .huber(threshold: 2)] {
  var run = try TrainingRun(
    network: Network("1, 1", initializer: .zeros), data: times, loss: loss,
    optimizer: loss == .meanAbsoluteError ? .sgd(learningRate: 0.01) : .lbfgs(),
    stopping: .after(epochs: 2_000))
  try run.train()
  print(loss, rounded(run.network.predict([0])[0]))
}

let rare = Dataset(
  inputs: [0, 1, 2, 3], classes: [0, 0, 0, 1], classCount: 2, inputCount: 1)
let even = rare.weighted(byClass: nil)
print(even.weights ?? [])

let trusted = rare.weighted([1, 1, 0.5, 2])
let both = trusted.weighted(byClass: [1, 3])
print(both.weights ?? [])

let soft = Loss.crossEntropy(smoothing: 0.1)
print(soft, soft.fits("4, 3 softmax"), soft.fits("4, 3 sigmoid"))
print(Loss(name: "huber 0.5") == .huber(threshold: 0.5))

do {
  let data = Dataset(inputs: [0, 1], targets: [0, 1], inputCount: 1, targetCount: 1)
  _ = try TrainingRun(network: Network("1, 1"), data: data, loss: .binaryCrossEntropy)
} catch {
  print(error)
}
