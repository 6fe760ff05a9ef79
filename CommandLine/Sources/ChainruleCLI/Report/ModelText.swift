import Chainrule
import ChainruleFormats
import ChainruleTables

/// Describes a model.
struct ModelText {
  private let model: TabularModel

  init(_ model: TabularModel) { self.model = model }

  /// The model in a few lines.
  func summary(table: String, leftOutRows: [String]) -> String {
    let encoding = model.encoding
    let schema = model.network.schema
    var lines = [["target", target], ["table", TextFormat.short(table, 60)]]
    lines.append(["network", "\(TextFormat.schema(schema)); \(TextFormat.count(schema.parameterCount, "parameter"))"])
    let inputs = "\(TextFormat.list(encoding.inputs.map(\.name))); \(TextFormat.count(encoding.inputCount, "input"))"
    lines.append(["columns", inputs])
    if !encoding.leftOut.isEmpty { lines.append(["left out", ColumnText.leftOut(encoding.leftOut)]) }
    for words in leftOutRows { lines.append(["left out", words]) }
    return TextFormat.leftAligned(lines)
  }

  /// The target and its kind.
  private var target: String {
    switch model.encoding.target {
    case .classes(let name, let labels):
      "\(TextFormat.short(name)), \(labels.count) classes: \(TextFormat.list(labels))"
    case .numbers(let targets):
      targets.map {
        "\(TextFormat.short($0.name)), a number from \(TextFormat.number($0.minimum)) to \(TextFormat.number($0.maximum))"
      }.joined(separator: "; ")
    }
  }

  /// Everything in the model.
  var details: String {
    let encoding = model.encoding
    let schema = model.network.schema
    let record = model.training
    var sections: [String] = []
    sections.append(
      TextFormat.leftAligned([
        ["schema", schema.text], ["parameters", TextFormat.grouped(schema.parameterCount)], ["target", target],
        ["loss", model.loss.description], ["seed", "\(model.seed)"],
      ]))
    sections.append("layers\n" + layers)
    let columns = encoding.inputs.map { ["  " + TextFormat.short($0.name), $0.kind.name, ColumnText.coding($0)] }
    sections.append("columns, \(TextFormat.count(encoding.inputCount, "input"))\n" + TextFormat.leftAligned(columns))
    if !encoding.leftOut.isEmpty {
      sections.append(
        "left out\n"
          + TextFormat.leftAligned(
            encoding.leftOut.map { ["  " + TextFormat.short($0.name), ColumnText.reason($0.reason)] }))
    }
    var training = [
      ["  rows", "\(record.rows) training, \(record.validationRows) validation, \(record.testRows) test"],
      ["  epochs", "\(record.epochs)" + (record.bestEpoch.map { ", weights of epoch \($0) kept" } ?? "")],
      ["  ended", record.ending.rawValue],
    ]
    if record.rowsWithoutTarget > 0 {
      training.append(["  left out", "\(TextFormat.count(record.rowsWithoutTarget, "row")) without a target"])
    }
    training += record.settings.sorted { $0.key < $1.key }.map { ["  " + $0.key, $0.value] }
    if let command = record.command { training.append(["  command", command]) }
    if let version = record.version { training.append(["  version", version]) }
    sections.append("training\n" + TextFormat.leftAligned(training))
    if !record.scores.isEmpty {
      let scores = record.scores.sorted { $0.key < $1.key }.map { ["  " + $0.key, TextFormat.number($0.value)] }
      sections.append("scores on rows held out\n" + TextFormat.leftAligned(scores))
    }
    if !record.notices.isEmpty {
      sections.append(record.notices.map { "Note: \(TextFormat.printable($0))\n" }.joined())
    }
    sections.append(LossCurve(record).text())
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var layers: String {
    let schema = model.network.schema
    var width = schema.inputs
    var lines: [[String]] = []
    for (index, layer) in schema.layers.enumerated() {
      let size = layer.perceptrons
      let what =
        switch layer.kind {
        case .dense: "weight (\(size), \(width)), bias (\(size)), \((width + 1) * size) parameters"
        case .batchNormalization: "batch normalization of \(TextFormat.count(size, "value")), \(2 * size) parameters"
        case .layerNormalization: "layer normalization of \(TextFormat.count(size, "value")), \(2 * size) parameters"
        case .dropout(let rate): "dropout of a part \(rate)"
        }
      lines.append(["  layer \(index): \(layer.activation.name), \(what)"])
      width = size
    }
    return TextFormat.leftAligned(lines)
  }
}
