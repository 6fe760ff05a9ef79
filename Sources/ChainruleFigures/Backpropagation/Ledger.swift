/// A calculation, line by line: in words, and on a panel of a canvas if there is one, by the same calls. So readers who
/// can't see the panel get the same numbers.
final class Ledger {
  /// The words.
  private(set) var text = Text()
  private let canvas: (any Canvas)?
  private let role: Role
  private let left: Float
  private let right: Float
  private let size: Float = 13
  private var y: Float

  /// A ledger on a canvas, or of words alone; titles have the colour `role`.
  init(on canvas: (any Canvas)?, in frame: Rectangle, role: Role) {
    canvas?.rectangle(frame, cornerRadius: 8, fill: Fill(.surface), stroke: nil)
    self.canvas = canvas
    self.role = role
    left = frame.x + 10
    right = frame.right - 10
    y = frame.y + 26
  }

  /// What is calculated, and where.
  func title(_ words: StaticString, _ place: Text) {
    text.add(words)
    text.add(", ")
    text.bytes += place.bytes
    text.add(".")
    canvas?.write(Text(words), at: Point(left, y), size: 14, bold: true, role: role)
    canvas?.write(place, at: Point(left, y + 20), size: 13)
    y += 48
  }

  /// A number and what it is called; or two with a sign between them, and what they make. # in the name stands for a small
  /// number, counted from 1. What ends a calculation has a rule over it. Numbers stand below numbers.
  func row(
    _ name: StaticString, _ index: Int = 0, _ first: Float = 0, _ sign: Text = Text(), _ second: Float = 0,
    is result: Float, isSum: Bool = false, isWarning: Bool = false
  ) {
    if isSum { canvas?.segments([Point(left, y - 15), Point(right, y - 15)], stroke: Stroke(.axis)) }
    var words = Text()
    words.add(name, subscript: index)
    write(words, at: left, alignment: .start, role: isWarning ? .warning : .ink)
    text.add(" =")
    if !sign.bytes.isEmpty {
      // A number's width, of seven letters, and what is free beside it.
      let column = size * 4.4
      let gap: Float = right - left > 320 ? 10 : 5
      let equals = right - column - gap
      let middle = equals - size * 0.84 - column - 2 * gap
      write(first, at: middle - Float(sign.letters) * size * 0.57 - gap)
      write(sign, at: middle)
      write(second, at: middle + column + gap)
      write(Text("="), at: equals)
    }
    write(result, at: right, bold: isSum, role: isWarning ? .warning : .ink)
    text.add(".")
    y += 23
  }

  private func write(_ number: Float, at x: Float, bold: Bool = false, role: Role = .ink) {
    var words = Text()
    words.add(quantity: number, decimals: 4)
    write(words, at: x, bold: bold, role: role)
  }

  private func write(
    _ words: Text, at x: Float, alignment: TextAlignment = .end, bold: Bool = false, role: Role = .ink
  ) {
    text.add(" ")
    text.bytes += words.bytes
    canvas?.write(words, at: Point(x, y), size: size, alignment: alignment, bold: bold, role: role)
  }

  /// A bar as long as its share of the panel, below the line before it.
  func bar(_ share: Float) {
    canvas?.rectangle(
      Rectangle(left, y - 16, max(share.magnitude * (right - left), 1), 5), cornerRadius: 2,
      fill: Fill(share < 0 ? .warning : role, opacity: 0.8), stroke: nil)
    y += 12
  }

  /// What it means.
  func note(_ words: StaticString, isWarning: Bool = false) {
    text.add(" ")
    text.add(words)
    canvas?.paragraph(
      Text(words), at: Point(left, y + 8), width: right - left, size: 13, role: isWarning ? .warning : .muted)
  }
}
