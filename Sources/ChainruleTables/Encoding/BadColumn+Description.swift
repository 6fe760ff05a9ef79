import ChainruleCore

#if !hasFeature(Embedded)
  extension BadColumn: CustomStringConvertible {
    /// The column, and what is wrong with it.
    public var description: String { "column “\(name)”: \(problem.description)".oneLine }

    var isUnknown: Bool {
      if case .unknown = problem { true } else { false }
    }
  }

  extension BadColumn.Problem: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
      switch self {
      case .unknown(let nearest): "there is no such column" + (nearest.map { " (did you mean “\($0)”?)" } ?? "")
      case .notNumbers(let count, let of, let examples):
        "expected numbers, found other values in \(count) of \(of.counted("cell")) (\(TextCount.list(examples))); "
          + "predict or read it as a category"
      case .emptyTarget: "the target is missing in every row to train on"
      case .constantTarget(let value):
        "the target is “\(value.prefix(40))” in every row to train on; there is nothing to learn"
      case .dateTarget(let example):
        "the target holds dates (\(example)); turn them into numbers first, such as days since the first one"
      case .tooManyClasses(let different, let rows):
        "the target has \(different) different values in \(rows.counted("row")), too many for classes; predict a "
          + "column whose values repeat, or numbers"
      case .negativeTarget(let number):
        "the target holds negative numbers (\(NumberText.shortest(number))), and the loss counts from zero; choose "
          + "another loss"
      case .contradiction(let first, let second): "it can't be \(first) and \(second); remove one"
      case .textsNotKept(let examples):
        "too many different texts to keep (\(TextCount.list(examples))); read the table with this name among the kept "
          + "columns"
      case .notOrdered(let example):
        "rows can't be ordered by it: it holds neither numbers nor dates (\(example)); choose a column of times"
      }
    }
  }

  extension TextCount {
    /// A list of texts in quotation marks, each with its count if that's more than 1.
    package static func list(_ texts: [TextCount]) -> String {
      texts.map { text in
        let shown = text.text.utf8.count > 40 ? text.text.prefix(40) + "…" : text.text[...]
        return "“\(shown)”" + (text.count > 1 ? " \(text.count) times" : "")
      }.joined(separator: ", ")
    }
  }
#endif
