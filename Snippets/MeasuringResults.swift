import Chainrule

let actual = [0, 0, 0, 1, 1, 2]
let predicted = [0, 0, 1, 1, 1, 0]
var matrix = ConfusionMatrix(classes: 3)
for (label, guess) in zip(actual, predicted) { matrix.add(actual: label, predicted: guess) }
print(matrix.correct, "of", matrix.total)
print("two taken for zero:", matrix.count(actual: 2, predicted: 0))

let score = RegressionScore(actual: [1, 2, 3, 6], predicted: [1, 2, 4, 5])
print("mean squared error", score.meanSquaredError)
print("typical error", score.rootMeanSquaredError)
if let rSquared = score.rSquared { print("R²", rSquared) }

let chances: [Float] = [0.9, 0.2, 0.6, 0.4]  // of class 1, as one sigmoid output gives them
let judged = ProbabilityScore(probabilities: chances, actual: [1, 0, 0, 1])
print("log loss", judged.logLoss)
print("Brier", judged.brier)
if let area = judged.rocAUC() { print("area", area) }
print("F1", judged.confusionMatrix.f1(of: 1))

let data = Dataset(inputs: [0, 1, 2, 3], targets: [1, 3, 5, 7], inputCount: 1, targetCount: 1)
var run = try TrainingRun(
  network: Network("1, 1", seed: 1), data: data, optimizer: .lbfgs(), stopping: .after(epochs: 50))
try run.train()
let outputs = run.network.predict(data.inputs).map(Double.init)
let fit = RegressionScore(actual: data.targets.map(Double.init), predicted: outputs)
print("explains nearly all:", fit.rSquared! > 0.999)
try print("small loss:", run.network.meanLoss(.meanSquaredError, on: data) < 0.001)
