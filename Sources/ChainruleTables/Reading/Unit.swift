/// A unit beside every number of a column: a percent sign or a currency.
struct Unit: Equatable {
  private let index: Int
  private static let count = 5

  /// “%”, “$” …
  var text: String {
    String(decoding: UnsafeBufferPointer(start: letters.utf8Start, count: letters.utf8CodeUnitCount), as: UTF8.self)
  }

  private var letters: StaticString {
    switch index {
    case 0: "%"
    case 1: "$"
    case 2: "€"
    case 3: "£"
    default: "¥"
    }
  }

  /// The unit at either end of a cell, if there is one.
  init?(in cell: Bytes) {
    for index in 0..<Self.count {
      let unit = Unit(index: index)
      if unit.stripped(cell) != nil {
        self = unit
        return
      }
    }
    return nil
  }

  private init(index: Int) { self.index = index }

  /// The cell without the unit; `nil` if it doesn't have it.
  func stripped(_ cell: Bytes) -> Bytes? {
    let length = letters.utf8CodeUnitCount
    guard cell.count > length else { return nil }
    if index > 0, matches(cell, at: 0) { return Bytes(rebasing: cell[length...]).trimmed }
    if matches(cell, at: cell.count - length) { return Bytes(rebasing: cell[..<(cell.count - length)]).trimmed }
    return nil
  }

  private func matches(_ cell: Bytes, at start: Int) -> Bool {
    for offset in 0..<letters.utf8CodeUnitCount where cell[start + offset] != letters.utf8Start[offset] { return false }
    return true
  }
}
