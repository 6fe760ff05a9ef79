/// What all columns of a table share: the format of numbers, and the words for a missing value.
final class CellContext {
  let parser: NumberParser
  let missing: Missing

  init(parser: NumberParser, missing: Missing) {
    self.parser = parser
    self.missing = missing
  }
}
