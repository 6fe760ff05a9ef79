// Trains with the default options on every fold of the tables that tables.py wrote. Prints a line of JSON for each.
//
//     TableBenchmark FOLDER SEEDS
import Chainrule
import ChainruleData
import ChainruleFormats
import ChainruleTables
import Foundation

/// A table's description in tables.json.
struct Source: Decodable {
  let name: String
  let file: String
  let target: String
  let isNumber: Bool
  let rows: Int
  /// The test rows of each fold.
  let tests: [[Int]]
}

/// The result of one fold.
struct Score: Encodable {
  let table: String
  let fold: Int
  let seed: UInt64
  /// The part of wrong classes, or the root mean squared error divided by the standard deviation of the tested numbers.
  let error: Double
  let logLoss: Double?
  /// The processor time of training, including encoding but not reading.
  let seconds: Double
}

guard CommandLine.arguments.count == 3, let seeds = UInt64(CommandLine.arguments[2]) else {
  print("usage: TableBenchmark FOLDER SEEDS")
  exit(64)
}

func score(_ table: Table, of source: Source, fold: Int, seed: UInt64) throws -> Score {
  let tests = Set(source.tests[fold])
  var options = TrainingOptions()
  options.seed = seed
  var columns = EncodingOptions()
  columns.task = source.isNumber ? .numbers : .classes
  let start = clock()
  let model = try TabularModel.fit(
    table.rows((0..<table.rowCount).filter { !tests.contains($0) }), target: source.target, options: options,
    encoding: columns, kernels: .native(threads: 1))
  let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
  let evaluation = try model.evaluate(on: table.rows(source.tests[fold]))
  let error: Double
  if let classes = evaluation.classes {
    error = 1 - classes.accuracy
  } else {
    error = evaluation.numbers[0].rootMeanSquaredError / evaluation.numbers[0].baselineError
  }
  return Score(
    table: source.name, fold: fold, seed: seed, error: error, logLoss: evaluation.classes?.logLoss, seconds: seconds)
}

let folder = URL(filePath: CommandLine.arguments[1])
let sources = try JSONDecoder().decode(
  [Source].self, from: Data(contentsOf: folder.appending(path: "tables.json")))
for source in sources {
  let table = try Table(contentsOf: source.file)
  precondition(table.rowCount == source.rows, "\(source.file) has \(table.rowCount) rows, expected \(source.rows)")
  for fold in source.tests.indices {
    for seed in 0..<seeds {
      let found = try score(table, of: source, fold: fold, seed: seed)
      print(String(decoding: try JSONEncoder().encode(found), as: UTF8.self))
    }
  }
}
