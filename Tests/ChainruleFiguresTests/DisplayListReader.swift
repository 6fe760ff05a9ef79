import ChainruleFigures

/// Parses a display list, and reports mistakes in it.
struct DisplayListReader {
  private(set) var operations = 0
  private(set) var texts: [Words] = []
  private(set) var fields = 0
  private(set) var circles: [(x: Float, y: Float, radius: Float)] = []
  private(set) var rectangles: [Rectangle] = []
  private(set) var clips: [Rectangle] = []
  private(set) var segments: [[Point]] = []
  private(set) var polylines: [[Point]] = []
  /// The roles of all strokes of lines and circles.
  private(set) var roles: [Role] = []
  /// Malformed parts: numbers that aren't finite, empty shapes, unknown codes.
  private(set) var malformed: [String] = []
  /// Texts that leave the canvas or overlap others.
  private(set) var misplaced: [String] = []
  var problems: [String] { malformed + misplaced }

  init(_ list: DisplayList) {
    let floats = list.floats
    var i = 0
    var open = 0
    func role(_ value: Float) -> Bool { Role(rawValue: Int32(value)) != nil }
    func points(_ start: Int) -> [Point] {
      let n = Int(floats[start])
      return (0..<n).map { Point(floats[start + 1 + 2 * $0], floats[start + 2 + 2 * $0]) }
    }
    for (place, value) in floats.enumerated() where !value.isFinite { malformed.append("float \(place) is \(value)") }
    while i < floats.count && malformed.isEmpty {
      operations += 1
      switch floats[i] {
      case 1, 9:
        if !role(floats[i + 1]) || floats[i + 2] <= 0 { malformed.append("stroke at \(i)") }
        if let role = Role(rawValue: Int32(floats[i + 1])) { roles.append(role) }
        let p = points(i + 5)
        if floats[i] == 9 {
          if p.count % 2 != 0 { malformed.append("odd segments at \(i)") }
          segments.append(p)
        } else {
          polylines.append(p)
        }
        i += 6 + 2 * p.count
      case 2:
        if !role(floats[i + 1]) { malformed.append("fill at \(i)") }
        i += 4 + 2 * points(i + 3).count
      case 3:
        circles.append((floats[i + 1], floats[i + 2], floats[i + 3]))
        if floats[i + 3] <= 0 { malformed.append("radius at \(i)") }
        i += 9
      case 4:
        if floats[i + 3] <= 0 || floats[i + 4] <= 0 { malformed.append("size of a rectangle at \(i)") }
        rectangles.append(Rectangle(floats[i + 1], floats[i + 2], floats[i + 3], floats[i + 4]))
        i += 11
      case 5:
        let start = Int(floats[i + 8])
        let end = start + Int(floats[i + 9])
        if end > list.bytes.count {
          malformed.append("text at \(i)")
          return
        }
        let bytes = list.bytes[start..<end]
        guard let words = String(validating: bytes, as: UTF8.self) else {
          malformed.append("no UTF-8 at \(i)")
          return
        }
        if !role(floats[i + 6]) { malformed.append("fill of text at \(i)") }
        texts.append(
          Words(
            words: words, x: floats[i + 1], y: floats[i + 2], size: floats[i + 3], alignment: Int(floats[i + 4]),
            role: Role(rawValue: Int32(floats[i + 6]))))
        i += 10
      case 6:
        fields += 1
        let levels = Int(floats[i + 5] * floats[i + 6])
        if Int(floats[i + 10]) + levels > list.bytes.count { malformed.append("field at \(i)") }
        i += 11
      case 7:
        open += 1
        clips.append(Rectangle(floats[i + 1], floats[i + 2], floats[i + 3], floats[i + 4]))
        i += 5
      case 8:
        open -= 1
        if open < 0 { malformed.append("a clip too many ends at \(i)") }
        i += 1
      default: malformed.append("code \(floats[i]) at \(i)")
      }
    }
    if open != 0 { malformed.append("\(open) clips left open") }
    let canvas = Rectangle(0, 0, list.size.width, list.size.height)
    for (index, text) in texts.enumerated() {
      let box = text.box
      if box.x < -1 || box.x + box.width > canvas.width + 1 || box.y < 0 || text.y > canvas.height {
        misplaced.append("“\(text.words)” leaves the canvas of \(list.size)")
      }
      for other in texts[(index + 1)...] where box.overlaps(other.box) {
        misplaced.append("“\(text.words)” and “\(other.words)” overlap")
      }
    }
  }
}

/// A line of text as it was drawn.
struct Words {
  let words: String
  let x: Float
  let y: Float
  let size: Float
  let alignment: Int
  let role: Role?

  /// Its approximate width: on average, letters of the fonts in use are 0.56 of their size wide.
  var box: Rectangle {
    let width = Float(words.count) * size * 0.56
    return Rectangle(x - (alignment == 0 ? 0 : alignment == 1 ? width / 2 : width), y - size * 0.75, width, size * 0.75)
  }
}

extension Rectangle {
  func overlaps(_ other: Rectangle) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
  }

  func encloses(_ other: Rectangle) -> Bool {
    x <= other.x && y <= other.y && x + width >= other.x + other.width && y + height >= other.y + other.height
  }
}
