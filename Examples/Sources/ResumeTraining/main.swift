// Trains for ten epochs, saves the state, and continues in another run. The result is the same as after twenty epochs
// at once.
import Chainrule
import Foundation

let data = Dataset(inputs: (0..<100).map { Float($0) / 50 - 1 }, targets: (0..<100).map { Float($0 % 10) / 10 })
let start = try TrainingRun("1, 32 tanh, 1", data: data, seed: 7)

var first = start.copy()
try first.train(epochs: 10)
let stored = try JSONEncoder().encode(first.state)

var second = start.copy()
try second.restore(JSONDecoder().decode(TrainingRun.State.self, from: stored))
try second.train(epochs: 10)

var whole = start.copy()
try whole.train(epochs: 20)
print("the same bits: \(second.network.fingerprint == whole.network.fingerprint)")
