/// Something you should know about how a table was understood.
public enum EncodingNotice: Sendable {
  /// The target's few different numbers are treated as classes.
  case numbersAsClasses(column: String, different: Int)
  /// The target's whole numbers are predicted as numbers, though there are few of them.
  case numbersAsNumbers(column: String, different: Int)
  /// A class has only one row.
  case rareClass(column: String, label: String)
  /// Two classes differ only in upper and lower case.
  case similarClasses(column: String, String, String)
  /// A column of numbers holds some texts, which count as missing.
  case textsInNumbers(column: String, count: Int, examples: [TextCount])
  /// A column looks like an identifier, but without it there would be no inputs.
  case identifierKept(column: String)
  /// Rare levels share one input.
  case pooledLevels(column: String, levels: Int, rows: Int)
  /// Levels never seen in training.
  case unseenLevels(column: String, count: Int, examples: [TextCount])
  /// Cells that don't fit the column's kind, and count as missing.
  case unreadable(column: String, count: Int, examples: [TextCount])
  /// Missing cells of a column that had none in training.
  case filled(column: String, count: Int)
  /// Numbers far outside the training rows' range.
  case farOutside(column: String, count: Int, minimum: Double, maximum: Double)
  /// Dates far outside the training rows' range.
  case datesOutside(column: String, count: Int, first: String, last: String)
}

#if !hasFeature(Embedded)
  extension EncodingNotice: Equatable {}
#endif
