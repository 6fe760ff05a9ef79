// Compresses eight numbers to two and back. The samples are on a plane, so two are enough.
import Chainrule

var random = RandomSource(seed: 1)
let axes = (0..<2).map { _ in (0..<8).map { _ in random.normal() } }
let samples = (0..<300).flatMap { _ -> [Float] in
  let (a, b) = (random.normal(), random.normal())
  return (0..<8).map { a * axes[0][$0] + b * axes[1][$0] }
}

let data = Dataset(inputs: samples, targets: samples, inputCount: 8, targetCount: 8)
var run = try TrainingRun("8, 2, 8", data: data, seed: 1)
try run.train()

let layers = run.network.values(Array(samples[..<8]))
print("sample \(samples[..<8])")
print("code   \(layers[0])")
print("back   \(layers[1])")
try print("loss   \(run.network.meanLoss(.meanSquaredError, on: data))")
