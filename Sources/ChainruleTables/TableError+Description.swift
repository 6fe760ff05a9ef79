import ChainruleCore

#if !hasFeature(Embedded)
  extension TableError: CustomStringConvertible {
    /// One line: where, what was found, what was expected, and what to do.
    public var description: String {
      var place = table
      if let row, let line {
        place += ", row \(row + 1) (line \(line))"
      } else if let line {
        place += ", line \(line)"
      }
      if let column { place += ", column “\(column)”" }
      return (place + ": " + advice).oneLine
    }

    private var advice: String {
      switch problem {
      case .unreadable(let reason, _): reason
      case .notText(let byte):
        "found a byte \(byte), which no text has; expected a table as text: CSV, TSV or ARFF, plain or packed with gzip"
      case .invalidText(let encoding):
        "found bytes that aren't \(encoding.name); save the file as UTF-8, or say which encoding it has"
      case .empty: "there is nothing in the file; expected a table: names in the first row, and rows below it"
      case .noRows: "found a header and no row below it; add at least one row of data"
      case .unclosedQuote:
        "a quotation mark opens here and never closes; add the missing one, or say which quotation mark the file uses"
      case .cellTooLarge(let limit, let isQuoted):
        "a cell begins here and is longer than \(limit.counted("byte"))"
          + (isQuoted ? "; the quotation mark that opens it probably never closes" : "; is this a table?")
      case .memoryLimit(let limit, let rows):
        "the cells of \(rows.counted("row")) fill the memory limit of \(Self.memory(limit)); leave out rows or "
          + "columns, or raise the limit"
      case .tooManyColumns(let limit): "found more than \(limit.counted("column")); is this a table?"
      case .raggedRows(let count, let lines, let found, let expected): Self.ragged(count, lines, found, expected)
      case .badDeclaration(let text):
        "can't understand “\(text.prefix(60))”; expected “@attribute name type”, with a type numeric, string, date or "
          + "{a,b,c}"
      case .sparseARFF: "found a sparse ARFF row, {position value, …}; save the data as dense ARFF or as CSV"
      case .badOption(let text): text
      case .noSuchColumn(let names, let known):
        "there is no column \(names.map { "“\($0)”" }.joined(separator: ", ")); found \(Self.list(known))"
      case .unequalColumns(let rows, let expected):
        "found \(rows.counted("row")), the other columns have \(expected)"
      case .badName(let name):
        name.isEmpty ? "a column has no name; give it one" : "two columns are called “\(name)”; rename one of them"
      case .notARow(let reason): reason
      case .encoding(let problem): problem.description
      }
    }

    private static func ragged(_ count: Int, _ lines: [Int], _ found: Int, _ expected: Int) -> String {
      if count == 1 {
        return "found \(found.counted("cell")), the other rows have \(expected); add or remove cells in this row"
      }
      let places = lines.map { "\($0)" }.joined(separator: ", ") + (count > lines.count ? ", …" : "")
      return
        "\(count.counted("row")) don't have \(expected) cells (lines \(places); the first has \(found)); add or "
        + "remove cells there, "
        + "or say which separator the file uses"
    }

    /// A list of names, shortened if there are many.
    package static func list(_ names: [String]) -> String {
      let shown = names.prefix(12).joined(separator: ", ")
      return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }

    /// An amount of memory.
    package static func memory(_ bytes: Int) -> String {
      if bytes >= 1 << 30, bytes % (1 << 30) == 0 { return "\(bytes >> 30) GiB" }
      if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
      return bytes.counted("byte")
    }
  }
#endif
