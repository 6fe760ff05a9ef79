/// Guesses the decimal separator, a point or a comma, and the thousands separator.
struct NumberGuess {
  private(set) var decimal: Unicode.Scalar = "."
  private(set) var thousands: Unicode.Scalar?
  private(set) var notices: [Notice] = []

  init(_ sample: SampleRows, columnCount: Int, separator: UInt8, options: ReadingOptions) {
    if let given = options.decimal { decimal = given }
    thousands = options.thousands
    let isFree = (decimal: options.decimal == nil, thousands: options.thousands == nil)
    if !isFree.decimal, !isFree.thousands { return }

    // Plain numbers don't help; the rest are cells of digits with points, commas, spaces or apostrophes.
    let plain = NumberParser()
    let conversion = plain.conversion
    var cells: [Bytes] = []
    for row in 0..<sample.rowCount {
      for column in 0..<min(columnCount, sample.cellCount(row)) {
        var cell = sample.cell(row, column)
        if let bare = Unit(in: cell)?.stripped(cell) { cell = bare }
        if cell.count >= 2, cell.count <= 40, Self.mayBeGrouped(cell) { cells.append(cell) }
      }
    }
    if cells.isEmpty { return }

    var best = (count: -1, decimal: decimal, thousands: thousands)
    var rival: (decimal: Unicode.Scalar, thousands: Unicode.Scalar?)?
    for (point, group) in Self.hypotheses(separator) {
      if !isFree.decimal, point != decimal { continue }
      if !isFree.thousands, group != thousands { continue }
      let parser = NumberParser(
        decimal: UInt8(truncatingIfNeeded: point.value), thousands: UInt8(truncatingIfNeeded: group?.value ?? 0),
        conversion: conversion)
      var count = 0
      for cell in cells where !parser.parse(cell).isNaN { count += 1 }
      if count > best.count {
        best = (count, point, group)
        rival = nil
      } else if count == best.count, point != best.decimal, rival == nil {
        rival = (point, group)
      }
    }
    if best.count <= 0 { return }
    (decimal, thousands) = (best.decimal, best.thousands)
    if let thousands { notices.append(.thousands(thousands)) }
    if let rival, separator != 0x2C || thousands != nil || decimal == "," { say(rival, cells, conversion) }
  }

  /// In order of preference: if two read equally many cells, the first one wins.
  private static func hypotheses(_ separator: UInt8) -> [(Unicode.Scalar, Unicode.Scalar?)] {
    let point: [(Unicode.Scalar, Unicode.Scalar?)] = [(".", nil), (".", ","), (".", "'"), (".", " ")]
    let comma: [(Unicode.Scalar, Unicode.Scalar?)] = [(",", nil), (",", "."), (",", " "), (",", "'")]
    // With semicolons between cells, commas are probably decimal.
    return separator == 0x3B
      ? [point[0], comma[0], comma[1], point[1], comma[2], comma[3], point[2], point[3]] : point + comma
  }

  private static func mayBeGrouped(_ cell: Bytes) -> Bool {
    var hasMark = false
    for byte in cell {
      switch byte {
      case 0x30...0x39, 0x2B, 0x2D, 0x45, 0x65: break
      case 0x2C, 0x2E, 0x20, 0x27, 0x80...: hasMark = true
      default: return false
      }
    }
    return hasMark
  }

  private mutating func say(
    _ rival: (decimal: Unicode.Scalar, thousands: Unicode.Scalar?), _ cells: [Bytes], _ conversion: Decimal
  ) {
    let one = NumberParser(
      decimal: UInt8(truncatingIfNeeded: decimal.value), thousands: UInt8(truncatingIfNeeded: thousands?.value ?? 0),
      conversion: conversion)
    let other = NumberParser(
      decimal: UInt8(truncatingIfNeeded: rival.decimal.value),
      thousands: UInt8(truncatingIfNeeded: rival.thousands?.value ?? 0), conversion: conversion)
    for cell in cells {
      let (first, second) = (one.parse(cell), other.parse(cell))
      if !first.isNaN, !second.isNaN, first != second {
        notices.append(.ambiguousNumbers(example: cell.string, decimal: decimal))
        return
      }
    }
  }
}
