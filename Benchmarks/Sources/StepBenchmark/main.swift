// Chainrule's worker for `make bench`. Its argument is the number of threads. It reads commands as lines of JSON from
// standard input, and answers each with a line on standard output; Benchmarks/peers/protocol.py describes them.
//
//     StepBenchmark THREADS
import Chainrule
import Foundation

guard CommandLine.arguments.count == 2, let threads = Int(CommandLine.arguments[1]), threads > 0 else {
  print("usage: StepBenchmark THREADS")
  exit(64)
}
let worker = Worker(threads: threads)
while let line = readLine() {
  // Not `print`, whose buffer would delay the answer.
  FileHandle.standardOutput.write(Data((worker.answer(line) + "\n").utf8))
}
