// What the browser benchmark times: work, to be done so many times in a row. Built when `make bench-browser` asks for it.

import WasmAllocator

/// In the order of `Benchmarks/browser.py`.
nonisolated(unsafe) private let works: [any Work] = [
  EpochWork(), GridWork(.playground), StepWork(), GridWork(.classifier),
]

/// Puts a work back to where it began.
@_expose(wasm, "restart") @_cdecl("restart")
public func restart(_ work: Int32) { works[Int(work)].restart() }

/// Does a work so many times, and returns what `Work.run(times:)` does.
@_expose(wasm, "run") @_cdecl("run")
public func run(_ work: Int32, _ times: Int32) -> Float { works[Int(work)].run(times: Int(times)) }
