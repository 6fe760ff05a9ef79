import Chainrule

func trained(seed: UInt64) throws -> Network {
  let inputs: [Float] = [0, 0, 0, 1, 1, 0, 1, 1]
  let data = Dataset(inputs: inputs, targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
  var run = try TrainingRun(
    network: Network("2, 8 tanh, 1 sigmoid", seed: seed), data: data, batchSize: 2, seed: seed)
  try run.train(epochs: 100)
  return run.network
}
print(try trained(seed: 7).fingerprint == trained(seed: 7).fingerprint)
print(try trained(seed: 7).fingerprint == trained(seed: 8).fingerprint)

var random = RandomSource(seed: 7)
print(random.next(), random.uniform(-1, 1), random.index(below: 6))

let network = try trained(seed: 7)
let alone = network.predict([0, 1], kernels: .portable)
let together = network.predict([0, 0, 0, 1, 1, 0, 1, 1], kernels: .portable)
print(alone[0].bitPattern == together[1].bitPattern)
