// Trains a model for the species of irises on a table, evaluates it on held-out rows, and saves and loads it.
import ChainruleFormats
import Foundation

let table = try Table(contentsOf: CommandLine.arguments.dropFirst().first ?? "../data/iris.csv")
let task = try TableTask(table, targets: ["species"], test: 0.2, seed: 1)

let path = FileManager.default.temporaryDirectory.appending(path: "iris.safetensors").path
try TabularModel.fit(task).save(to: path)

let evaluation = try TabularModel(contentsOf: path).evaluate(on: table, rows: task.testRows)
if let classes = evaluation.classes { print("right: \(classes.correct) of \(evaluation.rows)") }
