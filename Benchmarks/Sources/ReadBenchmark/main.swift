// Reads one table, encodes it for a network, and prints the cost of each as JSON for `read.py`: `ReadBenchmark FILE`.

import ChainruleData
import ChainruleTables
import Foundation
import PeakMemory

struct Outcome: Encodable {
  /// The resources used since the start, and the peak memory before and after.
  struct Part: Encodable {
    let cpu: Double
    let startMegabytes: Double
    let peakMegabytes: Double

    enum CodingKeys: String, CodingKey {
      case cpu
      case startMegabytes = "start_mb"
      case peakMegabytes = "peak_mb"
    }
  }

  let rows: Int
  let parts: [String: Part]
}

func cpuSeconds() -> Double {
  var usage = rusage()
  #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
  #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  #endif
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

let arguments = CommandLine.arguments
guard arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: ReadBenchmark FILE\n".utf8))
  exit(64)
}
let start = (cpu: cpuSeconds(), peak: peakBytes())
func used() -> Outcome.Part {
  Outcome.Part(
    cpu: cpuSeconds() - start.cpu, startMegabytes: Double(start.peak) / 1e6, peakMegabytes: Double(peakBytes()) / 1e6)
}
do {
  let table = try Table(contentsOf: arguments[1])
  let read = used()
  // The last column is the target; the others become inputs.
  let encoding = try TableEncoding.fit(table, targets: [table.columns[table.columns.count - 1].name])
  let inputs = try encoding.inputs(from: table)
  precondition(inputs.count == table.rowCount * encoding.inputCount, "every row has all inputs")
  let outcome = Outcome(rows: table.rowCount, parts: ["reading": read, "reading and encoding": used()])
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  print(String(decoding: try encoder.encode(outcome), as: UTF8.self))
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(65)
}
