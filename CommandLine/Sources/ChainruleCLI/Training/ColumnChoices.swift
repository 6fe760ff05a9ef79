import ChainruleFormats
import ChainruleTables

/// The columns that the command's options name: first as typed, then as in the header.
struct ColumnChoices {
  private(set) var targets: [String]
  private(set) var group: String?
  private(set) var time: String?
  private var ignore: [String]
  private var only: [String]
  private var categorical: [String]
  private var numeric: [String]
  private let columns: ColumnOptions
  private let task: TaskKind?
  private let continued: TabularModel?

  init(
    targets: [String], columns: ColumnOptions, task: TaskKind? = nil, group: String? = nil, time: String? = nil,
    continued: TabularModel? = nil
  ) {
    self.targets = targets
    self.group = group
    self.time = time
    self.columns = columns
    self.task = task
    self.continued = continued
    ignore = columns.ignore
    only = columns.only
    categorical = columns.categorical
    numeric = columns.numeric
  }

  /// The names of columns whose texts the reader must keep, in every way they could be meant.
  var candidates: [String] {
    TableSource.candidates([group].compactMap(\.self) + categorical) + (continued?.encoding.textColumns ?? [])
  }

  /// Finds the columns in the header.
  ///
  /// - Throws: ``Failure`` with every name that isn't there.
  mutating func resolve(header: [String], table: String) throws {
    var names = ColumnNames(header: header)
    targets = names.resolve(targets, option: "--target")
    group = names.resolve(group, option: "--group")
    time = names.resolve(time, option: "--time")
    ignore = names.resolve(ignore, option: "--ignore")
    only = names.resolve(only, option: "--only")
    categorical = names.resolve(categorical, option: "--categorical")
    numeric = names.resolve(numeric, option: "--numeric")
    try names.check(table: table)
    guard let continued else { return }
    let trained = continued.encoding.target.names
    if !targets.isEmpty && targets != trained {
      throw Failure(
        code: .data,
        message: "--target \(targets.joined(separator: ",")): the model to continue predicts "
          + "“\(trained.joined(separator: ", "))”; leave --target out")
    }
    targets = trained
  }

  /// The options' decisions about the columns.
  var encodingOptions: EncodingOptions {
    // A column that groups rows shouldn't be an input.
    let ignored = ignore + [group].compactMap(\.self).filter { !ignore.contains($0) }
    return EncodingOptions(
      ignore: ignored, only: only, categorical: categorical, numeric: numeric, standardize: !columns.noStandardize,
      clampsPredictions: !columns.extrapolate, task: task)
  }
}
