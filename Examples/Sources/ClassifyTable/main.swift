// Learns the species of an iris from a table, looks at rows that it never saw, and saves the model.
import Chainrule
import ChainruleData
import ChainruleFormats
import Foundation

let table = try Table(contentsOf: CommandLine.arguments.dropFirst().first ?? "../data/iris.csv")
let task = try TableTask(table, target: "species", schema: "4, 16 relu, 3 softmax", seed: 1)

var run = try TrainingRun(task.schema, data: task.training, seed: 1)
try run.train()

let model = task.model(run.network)
let path = FileManager.default.temporaryDirectory.appending(path: "iris.safetensors").path
try model.save(to: path)

let restored = try Model(contentsOf: path)
let matrix = restored.confusionMatrix(on: task.heldOut)
print("right: \(matrix.correct) of \(matrix.total)")
