import ChainruleCore

#if !hasFeature(Embedded)
  extension Notice: CustomStringConvertible {
    /// One line: what was found, and what was done about it.
    public var description: String { text.oneLine }

    private var text: String {
      switch self {
      case .encodingGuessed(let encoding): "the text isn't UTF-8; it was read as \(encoding.name)"
      case .noHeader(let row):
        "the first row holds data (\(Self.list(row))), not names; the columns are called “column 1”, “column 2” and "
          + "so on"
      case .countingLine(let line): "the first line, “\(line.prefix(60))”, counts rows and columns; it was skipped"
      case .unnamedColumn(let name): "a column without a name is called “\(name)”"
      case .indexColumn(let name): "“\(name)” only numbers or names the rows"
      case .renamedColumn(let name, let new):
        "more than one column is called “\(name)”; a later one became “\(new)”"
      case .emptyColumnDropped(let position): "column \(position) has neither a name nor a cell and was left out"
      case .commentLines(let count):
        "\(count.counted("comment line")) \(count == 1 ? "was" : "were") skipped"
      case .shortRows(let count, let line):
        "\(count.counted("row")) \(count == 1 ? "has" : "have") too few cells, the first on line \(line); "
          + "the cells they lack count as missing"
      case .ambiguousNumbers(let example, let decimal):
        "“\(example)” can be read in two ways; “\(decimal)” was read as the decimal mark"
      case .thousands(let mark): "“\(mark)” was read as a thousands separator"
      case .unit(let unit, let column): "“\(column)”: “\(unit)” was removed from each number"
      case .ambiguousDates(let column, let example):
        "“\(column)”: dates such as “\(example)” can be read in two ways; the first number was read as the month"
      case .mixedOffsets(let column):
        "“\(column)”: only some dates have an offset from UTC, so all times were read as written and offsets were "
          + "ignored"
      }
    }

    private static func list(_ cells: [String]) -> String {
      cells.prefix(4).map { "\($0.prefix(20))" }.joined(separator: ", ") + (cells.count > 4 ? ", …" : "")
    }
  }
#endif
