// Reads one table and says what it took: `ReadBenchmark FILE` prints rows, columns, CPU seconds and the peak memory.

import ChainruleData
import ChainruleTables
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: ReadBenchmark FILE\n".utf8))
  exit(64)
}
do {
  let table = try Table(contentsOf: arguments[1])
  var usage = rusage()
  #if os(macOS)
    getrusage(RUSAGE_SELF, &usage)
  #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  #endif
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  #if os(macOS)
    let peak = Double(usage.ru_maxrss) / 1e6
  #else
    let peak = Double(usage.ru_maxrss) * 1024 / 1e6
  #endif
  // As JSON, for `read.py`.
  let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
  print("{\"rows\": \(table.rowCount), \"columns\": \(table.columns.count), \"cpu\": \(cpu), \"peak_mb\": \(peak)}")
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(65)
}
