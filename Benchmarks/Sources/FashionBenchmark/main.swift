// Fashion-MNIST with a plain network: the test accuracy after each epoch, and the seconds it took.
//
//     FashionBenchmark FOLDER [EPOCHS]
import Chainrule
import ChainruleData
import Foundation

guard CommandLine.arguments.count >= 2 else {
  print("usage: FashionBenchmark FOLDER [EPOCHS]")
  exit(64)
}
let folder = CommandLine.arguments[1]
let epochs = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 15 : 15

func samples(_ part: String) throws -> Dataset {
  try Dataset(
    images: IDXFile(contentsOf: "\(folder)/\(part)-images-idx3-ubyte"),
    labels: IDXFile(contentsOf: "\(folder)/\(part)-labels-idx1-ubyte"), classCount: 10)
}

func accuracy(_ network: Network, on data: Dataset) -> Double {
  ProbabilityScore(
    probabilities: network.predict(data.inputs), classes: 10, actual: (0..<data.count).map(data.classNumber)
  ).accuracy
}

let clock = ContinuousClock()
let start = clock.now
let (training, test) = (try samples("train"), try samples("t10k"))
print("read \(training.count) + \(test.count) images in \(clock.now - start)")

var run = try TrainingRun(
  network: Network("784, 256 relu, 128 relu, 10 softmax", seed: 1), data: training, optimizer: .adam(),
  schedule: .cosine(period: Double(epochs)), stopping: .after(epochs: epochs), batchSize: 128, seed: 1)
while let epoch = try run.nextEpoch() {
  print(
    "epoch \(epoch.index): loss \(epoch.loss), test accuracy \(accuracy(run.network, on: test)), \(clock.now - start)")
}
