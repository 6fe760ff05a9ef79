// Five folds of scikit-learn's small tables with the default options, beside scikit-learn's own numbers on the same folds, with
// inputs standardised. `make bench-tables` writes the folds and the peer's scores beforehand (tables.py).
//
//     TableBenchmark FOLDER
import Chainrule
import ChainruleData
import ChainruleFormats
import ChainruleTables
import Foundation

struct Peer: Decodable {
  let table: String
  let rows: Int
  let inputs: Int
  let classes: Int
  let scores: [Double]
}

guard CommandLine.arguments.count == 2 else {
  print("usage: TableBenchmark FOLDER")
  exit(64)
}
let folder = URL(filePath: CommandLine.arguments[1])

func table(_ name: String) throws -> Table {
  try Table(contentsOf: folder.appending(path: name).path)
}

/// The score of one fold: accuracy, or R².
func score(_ peer: Peer, fold: Int, seed: UInt64) throws -> Double {
  var options = TrainingOptions()
  options.seed = seed
  var columns = EncodingOptions()
  columns.task = peer.classes == 0 ? .numbers : .classes
  let model = try TabularModel.fit(
    table("\(peer.table)-\(fold)-train.csv"), target: "target", options: options, encoding: columns)
  let evaluation = try model.evaluate(on: table("\(peer.table)-\(fold)-test.csv"))
  return evaluation.classes?.accuracy ?? evaluation.numbers[0].rSquared ?? 0
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
func shown(_ value: Double) -> String { String(format: "%.4f", value) }

let peers = try JSONDecoder().decode([Peer].self, from: Data(contentsOf: folder.appending(path: "peers.json")))
print("| table | rows | chainrule | scikit-learn |\n|---|---|---|---|")
for peer in peers {
  // As many seeds as the peer was run with.
  let scores = try (0..<peer.scores.count).map { seed in
    mean(try (0..<5).map { try score(peer, fold: $0, seed: UInt64(seed)) })
  }
  print("| \(peer.table) | \(peer.rows) | \(shown(mean(scores))) | \(shown(mean(peer.scores))) |")
}
