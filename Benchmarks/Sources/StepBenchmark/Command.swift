/// A command to the worker, one line.
struct Command: Decodable {
  enum Operation: String, Decodable {
    /// Prepare a case; the other fields describe it.
    case load
    /// Train some steps from the start.
    case check
    /// Time steps.
    case run
    /// Predict a few rows.
    case outputs
    /// Time predictions.
    case predict
    /// Measure the processor.
    case peak
  }

  let op: Operation
  /// A case's name.
  let `case`: String?
  let schema: String?
  let loss: String?
  let optimizer: String?
  let rate: Float?
  let batch: Int?
  let batches: Int?
  let file: String?
  let steps: Int?
  let seconds: Double?
  let rows: Int?
}

/// The worker's answer, one line: the result, or an error.
struct Answer: Encodable {
  var error: String?
  var modes: [String]?
  var losses: [Float]?
  var outputs: [Float]?
  var microseconds: Double?
  var steps: Int?
  var peak: Double?
  var name: String?
}
