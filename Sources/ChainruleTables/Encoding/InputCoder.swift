/// Writes the inputs for a column's cells.
struct InputCoder {
  let column: InputColumn
  private let matcher: LevelMatcher
  private let circles: [[(sine: Float, cosine: Float)]]

  init(_ column: InputColumn) {
    self.column = column
    var circles: [[(sine: Float, cosine: Float)]] = []
    switch column.coding {
    case .number: matcher = LevelMatcher([])
    case .sign(let negative, let positive): matcher = LevelMatcher([negative, positive])
    case .oneHot(let levels, _): matcher = LevelMatcher(levels)
    case .date(let coding):
      matcher = LevelMatcher([])
      for cycle in coding.cycles { circles.append(cycle.circle()) }
    }
    self.circles = circles
  }

  /// What a cell means to the column.
  enum Meaning {
    case missing
    /// A number, or a date in seconds.
    case value(Double)
    /// One of the levels.
    case level(Int)
    /// A level that was rare in the training rows, or isn't in them.
    case otherLevel
    /// Doesn't fit the column's kind, and counts as missing.
    case unreadable
  }

  /// What a spelling in a table means to the column.
  func meaning(of level: Level, seconds: Double) -> Meaning {
    switch column.coding {
    case .number: return level.number.isNaN ? .unreadable : .value(level.number)
    case .date: return seconds.isNaN ? .unreadable : .value(seconds)
    case .sign, .oneHot: break
    }
    if column.kind == .yesNo {
      if let value = YesNo.value(level.text) { return .level(value ? 1 : 0) }
      if level.number == 0 || level.number == 1 { return .level(Int(level.number)) }
      return .otherLevel
    }
    return matcher.index(of: level).map { .level($0) } ?? .otherLevel
  }

  /// The date in a text, read in the encoding's date format; NaN if it isn't a date.
  ///
  /// - Parameters:
  ///   - format: the table's date format, if it has dates in this column.
  ///   - parsed: the date in that format.
  func seconds(of text: String, as format: DateFormat?, parsed: Double) -> Double {
    guard case .date(let coding) = column.coding else { return .nan }
    return format?.order == coding.format.order ? parsed : coding.format.seconds(of: text)
  }

  /// What a number in a table means to the column.
  func meaning(of number: Double) -> Meaning {
    switch column.coding {
    case .number: return .value(number)
    case .date: return .unreadable
    case .sign, .oneHot: return meaning(of: Level(text: "", number: number), seconds: .nan)
    }
  }

  /// Writes the inputs of one cell, as many as the column's width.
  func write(_ meaning: Meaning, to inputs: UnsafeMutablePointer<Float>) {
    for index in 0..<column.width { inputs[index] = 0 }
    switch (column.coding, meaning) {
    case (.number(let scaling), .value(let number)): inputs[0] = scaling.apply(number)
    case (.number(let scaling), _): inputs[0] = scaling.apply(scaling.fill)
    case (.date(let coding), .value(let seconds)): write(seconds, coding, to: inputs)
    case (.date(let coding), _): inputs[0] = coding.trend.apply(coding.trend.fill)
    case (.sign, .level(let index)): inputs[0] = index == 0 ? -1 : 1
    case (.oneHot, .level(let index)): inputs[index] = 1
    case (.oneHot(let levels, let poolsRest), .otherLevel): if poolsRest { inputs[levels.count] = 1 }
    default: break
    }
    if column.hasMissingInput, isMissing(meaning) { inputs[column.width - 1] = 1 }
  }

  private func isMissing(_ meaning: Meaning) -> Bool {
    switch meaning {
    case .missing, .unreadable: true
    case .value, .level, .otherLevel: false
    }
  }

  private func write(_ seconds: Double, _ coding: DateCoding, to inputs: UnsafeMutablePointer<Float>) {
    inputs[0] = coding.trend.apply(seconds)
    for (index, cycle) in coding.cycles.enumerated() {
      let point = circles[index][cycle.place(of: seconds)]
      inputs[1 + 2 * index] = point.sine
      inputs[2 + 2 * index] = point.cosine
    }
  }
}
