// What `make bench` times of Chainrule. It is given its number of threads, then obeys one line of JSON after the other
// on standard input and answers each with one on standard output; Benchmarks/peers/protocol.py tells what they mean.
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
  // Past `print`, whose buffer would hold the answer back.
  FileHandle.standardOutput.write(Data((worker.answer(line) + "\n").utf8))
}
