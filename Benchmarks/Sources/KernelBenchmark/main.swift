// Times every loop of every table at three sizes: nanoseconds per call, and billions of operations per second.
//
//     KernelBenchmark [NAME]   only the loops whose names begin with NAME
import Chainrule
import ChainruleKernels

let tables: [(name: String, kernels: Kernels)] = [
  ("reference", .reference), ("portable", .portable), ("native", .native(threads: 1)),
]
// Layers of the smallest networks, of the course's networks, and of one for images.
let shapes = [
  LayerShape(rows: 20, inputs: 3, outputs: 4), LayerShape(rows: 30, inputs: 30, outputs: 30),
  LayerShape(rows: 128, inputs: 784, outputs: 512),
]
let prefix = CommandLine.arguments.dropFirst().first ?? ""
let clock = ContinuousClock()

/// The shortest time per call, in nanoseconds, over blocks of some hundred microseconds.
func nanoseconds(_ entry: KernelEntry, _ kernels: Kernels, _ shape: LayerShape) -> Double {
  var least = Double.infinity
  entry.time(kernels, shape: shape) { run in
    var calls = 1
    var spent = Duration.zero
    while spent < .milliseconds(100) {
      let time = clock.measure { for _ in 0..<calls { run() } }
      spent += time
      least = min(least, time / .nanoseconds(1) / Double(calls))
      if time < .microseconds(200) { calls *= 2 }
    }
  }
  return least
}

func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

func rounded(_ value: Double) -> String {
  value < 10 ? "\((value * 100).rounded() / 100)" : "\((value * 10).rounded() / 10)"
}

for shape in shapes {
  print("\n\(shape.rows) samples, \(shape.inputs) inputs, \(shape.outputs) outputs: ns a call, GOP/s")
  let head = tables.map { padded($0.name, 22) }.joined()
  print(String(repeating: " ", count: 32) + head + padded("native/portable", 18))
  for entry in KernelEntry.all where entry.name.hasPrefix(prefix) {
    let times = tables.map { nanoseconds(entry, $0.kernels, shape) }
    let cells = times.map {
      padded(rounded($0), 13) + padded(rounded(Double(entry.operations(shape)) / $0), 9)
    }
    let name = entry.name + String(repeating: " ", count: max(0, 32 - entry.name.count))
    print(name + cells.joined() + padded(rounded(times[1] / times[2]) + " ×", 18))
  }
}
