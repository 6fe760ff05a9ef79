import Chainrule
import ChainruleFormats
import ChainruleTables

/// A model in JSON.
struct ModelJSON: Encodable {
  struct Input: Encodable {
    let name: String
    let kind: String
    let inputs: Int
    let coding: String
  }

  struct LeftOutColumn: Encodable {
    let name: String
    let reason: String
  }

  let schema: String
  let parameters: Int
  let targets: [String]
  /// `nil` if numbers are predicted.
  let classes: [String]?
  let columns: [Input]
  let leftOut: [LeftOutColumn]
  let loss: String
  let seed: UInt64
  let training: TrainingRecord

  init(_ model: TabularModel) {
    schema = model.network.schema.text
    parameters = model.network.schema.parameterCount
    targets = model.encoding.target.names
    classes = model.encoding.target.labels
    columns = model.encoding.inputs.map {
      Input(name: $0.name, kind: $0.kind.name, inputs: $0.width, coding: ColumnText.coding($0))
    }
    leftOut = model.encoding.leftOut.map { LeftOutColumn(name: $0.name, reason: ColumnText.reason($0.reason)) }
    loss = model.loss.description
    seed = model.seed
    training = model.training
  }
}
