import ChainruleCore

#if !hasFeature(Embedded)
  extension EncodingNotice: CustomStringConvertible {
    /// One line.
    public var description: String { text.oneLine }

    private var text: String {
      switch self {
      case .numbersAsClasses(let column, let different):
        "“\(column)” has \(different) different whole numbers: each is treated as a class; ask for the task “numbers” "
          + "to predict a number"
      case .numbersAsNumbers(let column, let different):
        "“\(column)” has \(different) different whole numbers and is predicted as a number; ask for the task "
          + "“classes” to tell them apart"
      case .rareClass(let column, let label): "the class “\(label)” of “\(column)” has only one row to train on"
      case .similarClasses(let column, let first, let second):
        "“\(first)” and “\(second)” are two classes of “\(column)” that differ only in upper and lower case"
      case .textsInNumbers(let column, let count, let examples):
        "“\(column)” holds numbers; \(Self.cells(count)) with other text \(count == 1 ? "counts" : "count") as missing "
          + "(\(TextCount.list(examples)))"
      case .identifierKept(let column):
        "“\(column)” looks like an identifier, but there is no other column to learn from"
      case .pooledLevels(let column, let levels, let rows):
        "“\(column)”: one input for \(levels.counted("rare level")) (\(rows.counted("row")))"
      case .unseenLevels(let column, let count, let examples):
        "“\(column)”: \(Self.cells(count)) with a level that is rare in training or wasn't there "
          + "(\(TextCount.list(examples)))"
      case .unreadable(let column, let count, let examples):
        "“\(column)”: \(Self.cells(count)) can't be read and \(count == 1 ? "counts" : "count") as missing "
          + "(\(TextCount.list(examples)))"
      case .filled(let column, let count):
        "“\(column)”: \(count.counted("missing cell")), though training had none; filled with the usual value"
      case .farOutside(let column, let count, let minimum, let maximum):
        "“\(column)”: \(Self.cells(count)) far outside the training range of \(NumberText.shortest(minimum)) to "
          + NumberText.shortest(maximum)
      case .datesOutside(let column, let count, let first, let last):
        "“\(column)”: \(Self.cells(count)) far outside the training range of \(first) to \(last)"
      }
    }

    private static func cells(_ count: Int) -> String { count.counted("cell") }
  }
#endif
