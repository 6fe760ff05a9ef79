// Trains on Fashion-MNIST until a test accuracy is reached, and measures the time from the start of the program, and
// the memory. Prints one line of JSON, in the form of `make bench`'s peers (Benchmarks/peers/fashion.py).
//
//     QualityBenchmark FOLDER ACCURACY SEED THREADS
import Chainrule
import ChainruleData
import Foundation
import PeakMemory

struct Outcome: Encodable {
  var seconds: Double
  /// The seconds until the first epoch, for reading and scaling.
  var readingSeconds: Double
  var epochs: Int
  var accuracy: Double
  var peakBytes: Int
}

let start = ContinuousClock.now
guard CommandLine.arguments.count == 5, let accuracy = Double(CommandLine.arguments[2]),
  let seed = UInt64(CommandLine.arguments[3]), let threads = Int(CommandLine.arguments[4]), threads > 0
else {
  print("usage: QualityBenchmark FOLDER ACCURACY SEED THREADS")
  exit(64)
}
let folder = CommandLine.arguments[1]

func samples(_ part: String) throws -> Dataset {
  try Dataset(
    images: IDXFile(contentsOf: "\(folder)/\(part)-images-idx3-ubyte"),
    labels: IDXFile(contentsOf: "\(folder)/\(part)-labels-idx1-ubyte"), classCount: 10)
}

let kernels = Kernels.native(threads: threads)
// The larger files first: the memory for reading them is free again when the others are read.
var run = try TrainingRun(
  network: Network("784, 256 relu, 128 relu, 10 softmax", seed: seed), data: samples("train"),
  optimizer: .adam(learningRate: 0.001), stopping: .after(epochs: 30), batchSize: 128, seed: seed, kernels: kernels)
let test = try samples("t10k")
let classes = (0..<test.count).map(test.classNumber)
let readingTime = start.duration(to: .now)

var reached = 0.0
while reached < accuracy, try run.nextEpoch() != nil {
  let outputs = run.network.predict(test.inputs, kernels: kernels)
  reached = ProbabilityScore(probabilities: outputs, classes: 10, actual: classes).accuracy
}
let outcome = Outcome(
  seconds: start.duration(to: .now) / .seconds(1), readingSeconds: readingTime / .seconds(1), epochs: run.epochs,
  accuracy: reached, peakBytes: peakBytes())
print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
