import Chainrule

let inputs: [Float] = [0, 0, 0, 1, 1, 0, 1, 1]  // four samples of two numbers: exclusive or
let data = Dataset(inputs: inputs, targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
var run = try TrainingRun(
  network: Network("2, 8 tanh, 1 sigmoid", seed: 1), data: data,
  optimizer: .adam(learningRate: 0.05), stopping: .after(epochs: 300))
try run.train()
print(run.network.predict(inputs))
try print("loss", run.network.meanLoss(.binaryCrossEntropy, on: data))
