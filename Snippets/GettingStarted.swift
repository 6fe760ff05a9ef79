import Chainrule
import Foundation

var random = RandomSource(seed: 1)
var points: [Float] = []
var labels: [Float] = []
for _ in 0..<400 {
  let (x, y) = (random.uniform(-1, 1), random.uniform(-1, 1))
  points += [x, y]
  labels.append(x * x + y * y < 0.5 ? 1 : 0)
}
let data = Dataset(inputs: points, targets: labels, inputCount: 2, targetCount: 1)
let (training, heldOut) = data.split(holdout: 0.25, seed: 1)

var run = try TrainingRun(
  network: Network("2, 16 tanh, 1 sigmoid", seed: 1), data: training, validation: heldOut,
  optimizer: .adam(learningRate: 0.01), stopping: .early(patience: 20, epochs: 300))
while let epoch = try run.nextEpoch() {
  if epoch.index % 100 == 0 { print("epoch", epoch.index, "loss", epoch.loss) }
}

var matrix = ConfusionMatrix(classes: 2)
let outputs = run.network.predict(heldOut.inputs)
for row in 0..<heldOut.count {
  matrix.add(actual: heldOut.classNumber(row), predicted: outputs[row] >= 0.5 ? 1 : 0)
}
print(matrix.correct, "of", matrix.total, "are right")

let file = FileManager.default.temporaryDirectory.appending(path: "disc-\(UUID().uuidString).json")
try JSONEncoder().encode(run.network).write(to: file, options: .atomic)

let loaded = try JSONDecoder().decode(Network.self, from: Data(contentsOf: file))
print("the same network:", loaded == run.network)
print("the middle lies in the disc:", loaded.predict([0, 0])[0] > 0.5)
// snippet.hide
try FileManager.default.removeItem(at: file)
