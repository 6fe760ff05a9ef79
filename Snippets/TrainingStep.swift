import FromScratch

import struct ChainruleCore.RandomSource

struct Sample {
  var x: Double
  var y: Double
}

// snippet.step
/// One step: twenty samples go forward and backward, then every weight moves once.
func step(_ net: inout MLP, samples: [Sample], random: inout RandomSource) -> Double {
  let batch = (0..<20).map { _ in samples.randomElement(using: &random)! }  // 1. batch
  var loss = 0.0
  for sample in batch {
    net.forward([sample.x])  // 2. forward
    loss += net.loss(targets: [sample.y]) / 20  // 3. loss
    net.backward(targets: [sample.y])  // 4. backward
  }
  net.applyDerivatives(learningRate: 0.008, l2: 0.0006)  // 5. update
  return loss
}
// snippet.end

var random = RandomSource(seed: 1)
let samples = (0..<33).map { i in
  let x = -0.8 + 1.6 * Double(i) / 32
  return Sample(x: x, y: x * x * x + Double(random.uniform(0, 0.3)))
}
var net = MLP(
  sizes: [1, 3, 3, 3, 4, 1], activations: [.relu, .relu, .relu, .linear, .linear], using: &random)

var losses: [Double] = []
for _ in 0..<4_000 { losses.append(step(&net, samples: samples, random: &random)) }

/// The mean of a hundred losses: those of single batches jump.
func mean(_ losses: some Collection<Double>) -> Double { losses.reduce(0, +) / Double(losses.count) }
print("the first hundred batches:", mean(losses.prefix(100)))
print("the last hundred batches:", mean(losses.suffix(100)))
