/// What all columns of a table share: how numbers are written, and which words mean a missing value.
final class CellContext {
  let parser: NumberParser
  let missing: Missing

  init(parser: NumberParser, missing: Missing) {
    self.parser = parser
    self.missing = missing
  }
}
