import ChainruleTables

/// An ``InputColumn`` as the JSON of a model file.
///
/// | key | holds |
/// |---|---|
/// | `column`, `kind` | its name, and what it holds: `number`, `yes/no`, `category` or `date` |
/// | `coding` | `number`, `sign`, `one hot` or `date` |
/// | `missing_input` | whether its last input is 1 for missing cells |
/// | `center`, `scale`, `fill`, `minimum`, `maximum`, `limited` | for numbers and dates: (x − center) / scale |
/// | `negative`, `positive` | for a sign: the level that is −1, and the one that is 1 |
/// | `levels`, `pools_rest` | for one hot: the levels, and whether all others share an input |
/// | `order`, `has_time`, `utc`, `cycles` | for dates: how they are written, and the cycles that follow the trend |
struct InputDocument: Codable {
  let column: String
  let kind: String
  let coding: String
  let missingInput: Bool
  var center: Double?
  var scale: Double?
  var fill: Double?
  var minimum: Double?
  var maximum: Double?
  var limited: Bool?
  var negative: String?
  var positive: String?
  var levels: [String]?
  var poolsRest: Bool?
  var order: String?
  var hasTime: Bool?
  /// Whether dates had an offset from UTC.
  var utc: Bool?
  var cycles: [String]?

  enum CodingKeys: String, CodingKey {
    case column, kind, coding
    case missingInput = "missing_input"
    case center, scale, fill, minimum, maximum, limited, negative, positive, levels
    case poolsRest = "pools_rest"
    case order
    case hasTime = "has_time"
    case utc, cycles
  }

  private static let orders: [(name: String, order: DateFormat.Order)] = [
    ("year month day", .yearMonthDay), ("day month year", .dayMonthYear), ("month day year", .monthDayYear),
    ("time only", .timeOnly),
  ]
  private static let cycles: [DateCycle] = [.year, .week, .day]

  init(_ input: InputColumn) {
    column = input.name
    kind = input.kind.name
    missingInput = input.hasMissingInput
    switch input.coding {
    case .number(let scaling):
      coding = "number"
      set(scaling)
    case .sign(let negative, let positive):
      coding = "sign"
      self.negative = negative
      self.positive = positive
    case .oneHot(let levels, let poolsRest):
      coding = "one hot"
      self.levels = levels
      self.poolsRest = poolsRest
    case .date(let date):
      coding = "date"
      set(date.trend)
      order = Self.orders.first { $0.order == date.format.order }?.name
      hasTime = date.format.hasTime
      utc = date.format.isUTC
      cycles = date.cycles.map(\.name)
    }
  }

  private mutating func set(_ scaling: NumberScaling) {
    center = scaling.center
    scale = scaling.scale
    fill = scaling.fill
    minimum = scaling.minimum
    maximum = scaling.maximum
    limited = scaling.isLimited
  }

  /// The column.
  ///
  /// - Throws: ``EncodingMistake``.
  func inputColumn() throws(EncodingMistake) -> InputColumn {
    guard let kind = ColumnKind.all.first(where: { $0.name == kind }) else {
      throw mistake("holds “\(kind.prefix(20))”, which isn't a kind of column")
    }
    return InputColumn(name: column, kind: kind, coding: try inputCoding(), hasMissingInput: missingInput)
  }

  private func inputCoding() throws(EncodingMistake) -> InputCoding {
    switch coding {
    case "number": return .number(try scaling())
    case "sign":
      guard let negative, let positive, negative != positive else { throw mistake("needs two different levels") }
      return .sign(negative: negative, positive: positive)
    case "one hot":
      guard let levels, let poolsRest, !levels.isEmpty else { throw mistake("needs levels") }
      if Set(levels).count != levels.count { throw mistake("has a level twice") }
      return .oneHot(levels: levels, poolsRest: poolsRest)
    case "date":
      guard let order = Self.orders.first(where: { $0.name == order })?.order, let hasTime, let names = cycles else {
        throw mistake("needs a form of dates")
      }
      var found: [DateCycle] = []
      for name in names {
        guard let cycle = Self.cycles.first(where: { $0.name == name }), !found.contains(cycle) else {
          throw mistake("has a cycle that is unknown, or there already")
        }
        found.append(cycle)
      }
      return .date(
        DateCoding(
          format: DateFormat(order: order, hasTime: hasTime, isUTC: utc ?? false), trend: try scaling(), cycles: found))
    default: throw mistake("is coded as “\(coding.prefix(20))”, which is unknown")
    }
  }

  private func scaling() throws(EncodingMistake) -> NumberScaling {
    guard let center, let scale, let fill, let minimum, let maximum, let limited,
      [center, scale, fill, minimum, maximum].allSatisfy(\.isFinite), scale > 0, minimum <= maximum
    else { throw mistake("is scaled by numbers that are missing or make no sense") }
    return NumberScaling(
      center: center, scale: scale, fill: fill, minimum: minimum, maximum: maximum, isLimited: limited)
  }

  private func mistake(_ what: String) -> EncodingMistake {
    EncodingMistake("describes the column “\(column.prefix(40))”, which \(what)")
  }
}
