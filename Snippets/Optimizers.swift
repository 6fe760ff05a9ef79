import Chainrule

// snippet.hide
let inputs: [Float] = [0, 0, 0, 1, 1, 0, 1, 1]
let data = Dataset(inputs: inputs, targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
// snippet.show
var optimizer = Optimizer.adamW(learningRate: 0.02, weightDecay: 0.01)
optimizer.biasLearningRate = 0.04
optimizer.clipping = .norm(1)
let schedule = Schedule.cosine(period: 200).warmedUp(for: 10)
var run = try TrainingRun(
  network: Network("2, 8 tanh, 1 sigmoid", seed: 1), data: data, optimizer: optimizer,
  schedule: schedule, stopping: .after(epochs: 210))
try run.train()
print(run.network.predict(inputs).map { $0.rounded() })

let cosine = Schedule.cosine(period: 10).warmedUp(for: 2, from: 0.1)
for epoch in [0, 1, 2, 7, 12] {
  print("epoch", epoch, "factor", cosine.factor(at: Double(epoch)))
}

var exact = try TrainingRun(
  network: Network("2, 4 tanh, 1 sigmoid", seed: 3), data: data,
  optimizer: .lbfgs(), regularizer: Regularizer(l2: 0.001), stopping: .after(epochs: 500))
try exact.train()
print("finished after", exact.epochs, "iterations:", exact.isFinished)

let halved = Schedule.reduceOnPlateau(factor: 0.5, patience: 5)
let slow = Schedule.step(every: 1_000, factor: 0.5).countedInSteps
print(halved.factor(at: 0), slow.factor(at: 2_500))

for name in Optimizer.names {
  if let found = Optimizer(name: name) { print(name, found.learningRate) }
}
