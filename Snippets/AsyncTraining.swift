import Chainrule

// snippet.hide
let inputs: [Float] = [0, 0, 0, 1, 1, 0, 1, 1]
let data = Dataset(inputs: inputs, targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
// snippet.show
let run = try TrainingRun(
  network: Network("2, 8 tanh, 1 sigmoid", seed: 1), data: data,
  optimizer: .adam(learningRate: 0.05), stopping: .after(epochs: 300))
let training = run.inBackground()
for try await epoch in training.epochs {
  if epoch.loss < 0.1 { break }
}
let network = await training.network
print(network.predict(inputs).map { $0.rounded() })

let task = Task {
  for try await epoch in training.epochs { print("epoch", epoch.index) }
}
task.cancel()
do {
  try await task.value
} catch is CancellationError {
  print("cancelled, finished:", await training.isFinished)
}
