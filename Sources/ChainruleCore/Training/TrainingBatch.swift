/// The samples of one step, as they were passed in.
struct TrainingBatch {
  let inputs: [Float]
  let targets: [Float]
  let weights: [Float]?
  let rows: Int

  /// Calls `body` with the arrays' addresses. They're valid during the call.
  func withPointers<Result>(
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>?) -> Result
  ) -> Result {
    inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        guard let weights else { return body(inputs.baseAddress!, targets.baseAddress!, nil) }
        return weights.withUnsafeBufferPointer { weights in
          body(inputs.baseAddress!, targets.baseAddress!, weights.baseAddress!)
        }
      }
    }
  }
}

/// The addresses of a network's numbers, valid during a call of `withPointers`.
struct NetworkPointers {
  let parameters: UnsafePointer<Float>
  let statistics: UnsafePointer<Float>
  let frozen: [Bool]
}

extension Network {
  /// Calls `body` with the addresses of the parameters and the statistics.
  borrowing func withPointers<Result>(_ body: (NetworkPointers) -> Result) -> Result {
    let frozen = frozen
    return parameters.withUnsafePointer { parameters in
      statistics.withUnsafeBufferPointer { statistics in
        // Statistics may be empty; then they aren't read.
        body(
          NetworkPointers(
            parameters: parameters, statistics: statistics.baseAddress ?? parameters, frozen: frozen))
      }
    }
  }
}
