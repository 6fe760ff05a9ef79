import Chainrule

/// What a network is to predict from a row, and how it becomes the numbers that the network learns.
public enum Target: Equatable, Sendable {
  /// One of these classes, in the order of their numbers. With one output the second class is 1 and the first is 0;
  /// else each class has an output of its own, 1 for the right one and 0 elsewhere.
  case classes([String])
  /// A number, scaled.
  case number(Scaling)

  /// Decides what a column is, from the network that shall predict it.
  ///
  /// A softmax layer, and a sigmoid one under binary cross-entropy, tell classes apart. So does a sigmoid layer under
  /// another loss if the column holds text. All else predicts numbers, not scaled yet.
  ///
  /// - Throws: ``TargetError`` if the schema does not fit the column, or ``TableError`` about a cell.
  public static func infer(
    _ column: Int, of table: Table, schema: Schema, loss: Loss
  ) throws(TargetError) -> Target {
    let name = table.header[column]
    let labels: [String]
    do {
      labels = try table.labels(inColumn: column)
    } catch {
      throw .table(error)
    }
    let textRow = labels.firstIndex { Table.number($0) == nil }
    let activation = schema.outputActivation
    let tellsClasses =
      activation == .softmax || activation == .sigmoid && (loss == .binaryCrossEntropy || textRow != nil)
    if tellsClasses {
      let classes = sortedClasses(labels)
      if classes.count < 2 { throw .oneClass(column: name, label: classes[0]) }
      let fits = activation == .softmax ? schema.outputs == classes.count : schema.outputs == 1 && classes.count == 2
      if !fits { throw .classesDoNotFit(column: name, classes: classes, schema: schema) }
      return .classes(classes)
    }
    if let textRow {
      throw .textForNumbers(
        column: name, table.error(.notANumber(labels[textRow]), row: textRow, column: column),
        classes: sortedClasses(labels).count, schema: schema)
    }
    if schema.outputs != 1 { throw .oneNumber(column: name, schema: schema) }
    return .number(.identity)
  }

  /// The different labels: in the order of their numbers if all are numbers, else by Unicode scalars.
  static func sortedClasses(_ labels: [String]) -> [String] {
    let classes = Set(labels).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    let numbers = classes.compactMap(Table.number)
    guard numbers.count == classes.count else { return classes }
    return classes.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { classes[$0] }
  }

  /// The class of each of the table's rows, by number.
  ///
  /// - Throws: ``TableError`` for a label that is not among `classes`, or an empty cell.
  public static func classNumbers(
    inColumn column: Int, of table: Table, classes: [String]
  ) throws(TableError) -> [Int] {
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    let labels = try table.labels(inColumn: column)
    var found: [Int] = []
    found.reserveCapacity(labels.count)
    for (row, label) in labels.enumerated() {
      guard let number = numbers[label] else {
        throw table.error(.unknownLabel(label, known: classes), row: row, column: column)
      }
      found.append(number)
    }
    return found
  }
}
