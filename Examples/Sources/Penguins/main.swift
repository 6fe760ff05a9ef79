// Trains a model for the species of penguins on an unprepared table, saves it, and predicts one penguin.
import ChainruleFormats
import Foundation

let tablePath = CommandLine.arguments.dropFirst().first ?? "../data/penguins.csv"
let modelPath = FileManager.default.temporaryDirectory.appending(path: "penguins.safetensors").path

let table = try Table(contentsOf: tablePath)
try TabularModel.fit(table, target: "species").save(to: modelPath)

let model = try TabularModel(contentsOf: modelPath)
let prediction = try model.predict([
  "island": "Dream", "bill_length_mm": 49.3, "bill_depth_mm": 19.9, "flipper_length_mm": 203, "body_mass_g": nil,
  "sex": "male", "year": 2009,
])
print(prediction.label ?? "")
