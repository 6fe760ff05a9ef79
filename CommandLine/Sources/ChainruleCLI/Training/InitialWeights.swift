import Chainrule
import ChainruleFormats
import ChainruleTables

/// Weights from a file, from which to start training on a table.
struct InitialWeights {
  let network: Network
  /// Notices about the weights.
  let notices: [String]

  /// Reads the weights. If the file is a model, its columns and classes must be those of the table.
  init(_ path: String, encoding: TableEncoding, schema: Schema) throws {
    let file = try TensorFile(contentsOf: path)
    network = try Network(schema, tensors: file)
    guard SavedFile.isModel(path) else {
      notices = []
      return
    }
    let model = try TabularModel(file)
    func refuse(_ what: String, _ found: [String], _ expected: [String]) -> Failure {
      Failure(
        code: .data,
        message: "\(path): its \(what) are \(TextFormat.list(found)), the table's are \(TextFormat.list(expected)); "
          + "to continue training a model, use --continue")
    }
    let columns = encoding.inputs.map(\.name)
    let trained = model.encoding.inputs.map(\.name)
    if trained != columns { throw refuse("input columns", trained, columns) }
    if model.encoding.target != encoding.target, let labels = encoding.target.labels {
      let known = model.encoding.target.labels
      if known != labels { throw refuse("classes", known ?? ["a number"], labels) }
    }
    if model.encoding.target.names != encoding.target.names {
      throw refuse("targets", model.encoding.target.names, encoding.target.names)
    }
    let differing = zip(model.encoding.inputs, encoding.inputs).filter { $0.0 != $0.1 }.map(\.0.name)
    for (old, new) in zip(model.encoding.inputs, encoding.inputs) where old.width != new.width {
      throw Failure(
        code: .data,
        message:
          "\(path): the column “\(TextFormat.short(old.name))” makes \(TextFormat.count(old.width, "input")) there "
          + "and \(new.width) here; with --continue its coding comes from the model")
    }
    notices =
      differing.isEmpty
      ? []
      : [
        "the weights of \(path) were trained with another scaling or coding of \(TextFormat.list(differing)); "
          + "--continue keeps the model's"
      ]
  }
}
