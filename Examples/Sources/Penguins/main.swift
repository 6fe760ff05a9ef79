// Learns the species of penguins from a table as it comes, saves the model, and asks it about one penguin.
import ChainruleFormats
import Foundation

let path = FileManager.default.temporaryDirectory.appending(path: "penguins.safetensors").path

let table = try Table(contentsOf: CommandLine.arguments.dropFirst().first ?? "../data/penguins.csv")
try TabularModel.fit(table, target: "species").save(to: path)

let model = try TabularModel(contentsOf: path)
let prediction = try model.predict([
  "island": "Dream", "bill_length_mm": 49.3, "bill_depth_mm": 19.9, "flipper_length_mm": 203, "body_mass_g": nil,
  "sex": "male", "year": 2009,
])
print(prediction.label ?? "")
