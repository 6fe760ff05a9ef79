// Fits a noisy curve, stops early by the loss on other points, and prints each epoch.
import Chainrule
import Foundation

var random = RandomSource(seed: 1)
let x = (0..<200).map { _ in random.uniform(-3, 3) }
let y = x.map { sin($0) + 0.1 * random.normal() }
let (training, validation) = Dataset(inputs: x, targets: y).split(holdout: 0.25, seed: 1)

var options = TrainingOptions()
options.patience = 50
options.optimizer.learningRate = 0.01

let fit = try TrainingRun("1, 32 tanh, 1", data: training, validation: validation, options: options).inBackground()
for try await epoch in fit.epochs where epoch.index % 50 == 0 {
  print("epoch \(epoch.index): \(epoch.loss) training, \(epoch.validationLoss ?? 0) validation")
}

let network = await fit.network
print("sin 1 = \(network.predict([1])[0])")
