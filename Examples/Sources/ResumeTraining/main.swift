// Trains for ten epochs, stores everything, goes on in another run, and has what twenty epochs at once would have given.
import Chainrule
import Foundation

let data = Dataset(inputs: (0..<100).map { Float($0) / 50 - 1 }, targets: (0..<100).map { Float($0 % 10) / 10 })

func newRun() throws -> TrainingRun {
  try TrainingRun(network: Network("1, 32 tanh, 1", seed: 7), data: data, optimizer: .adam(learningRate: 0.01), seed: 7)
}

var first = try newRun()
try first.train(epochs: 10)
let file = FileManager.default.temporaryDirectory.appending(path: "training.json")
try JSONEncoder().encode(first.state).write(to: file)

var second = try newRun()
try second.restore(JSONDecoder().decode(TrainingRun.State.self, from: Data(contentsOf: file)))
try second.train(epochs: 10)

var whole = try newRun()
try whole.train(epochs: 20)
print("the same bits: \(second.network.fingerprint == whole.network.fingerprint)")
