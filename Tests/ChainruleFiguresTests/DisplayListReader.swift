import ChainruleFigures

/// Reads a display list back, and says what does not belong.
struct DisplayListReader {
  private(set) var operations = 0
  private(set) var texts: [(words: String, x: Float, y: Float, size: Float, alignment: Int)] = []
  private(set) var fields = 0
  private(set) var circles: [(x: Float, y: Float, radius: Float)] = []
  private(set) var segments: [[Point]] = []
  private(set) var polylines: [[Point]] = []
  private(set) var problems: [String] = []

  init(_ list: DisplayList) {
    let floats = list.floats
    var i = 0
    var clips = 0
    func role(_ value: Float) -> Bool { Role(rawValue: Int32(value)) != nil }
    func points(_ start: Int) -> [Point] {
      let n = Int(floats[start])
      return (0..<n).map { Point(floats[start + 1 + 2 * $0], floats[start + 2 + 2 * $0]) }
    }
    for (place, value) in floats.enumerated() where !value.isFinite { problems.append("float \(place) is \(value)") }
    while i < floats.count && problems.isEmpty {
      operations += 1
      switch floats[i] {
      case 1, 9:
        if !role(floats[i + 1]) || floats[i + 2] <= 0 { problems.append("stroke at \(i)") }
        let p = points(i + 5)
        if floats[i] == 9 {
          if p.count % 2 != 0 { problems.append("odd segments at \(i)") }
          segments.append(p)
        } else {
          polylines.append(p)
        }
        i += 6 + 2 * p.count
      case 2:
        if !role(floats[i + 1]) { problems.append("fill at \(i)") }
        i += 4 + 2 * points(i + 3).count
      case 3:
        circles.append((floats[i + 1], floats[i + 2], floats[i + 3]))
        if floats[i + 3] <= 0 { problems.append("radius at \(i)") }
        i += 9
      case 4:
        if floats[i + 3] <= 0 || floats[i + 4] <= 0 { problems.append("size of a rectangle at \(i)") }
        i += 11
      case 5:
        let start = Int(floats[i + 8])
        let end = start + Int(floats[i + 9])
        if end > list.bytes.count {
          problems.append("text at \(i)")
          return
        }
        let bytes = list.bytes[start..<end]
        guard let words = String(validating: bytes, as: UTF8.self) else {
          problems.append("no UTF-8 at \(i)")
          return
        }
        texts.append((words, floats[i + 1], floats[i + 2], floats[i + 3], Int(floats[i + 4])))
        i += 10
      case 6:
        fields += 1
        let levels = Int(floats[i + 5] * floats[i + 6])
        if Int(floats[i + 10]) + levels > list.bytes.count { problems.append("field at \(i)") }
        i += 11
      case 7:
        clips += 1
        i += 5
      case 8:
        clips -= 1
        i += 1
      default: problems.append("code \(floats[i]) at \(i)")
      }
    }
    if clips != 0 { problems.append("\(clips) clips left open") }
    // Letters of the fonts in use are at most 0.62 of their size wide.
    for text in texts {
      let width = Float(text.words.count) * text.size * 0.62
      let left = text.x - (text.alignment == 0 ? 0 : text.alignment == 1 ? width / 2 : width)
      if left < -6 || left + width > list.size.width + 12 || text.y < 0 || text.y > list.size.height {
        problems.append("“\(text.words)” leaves the canvas of \(list.size)")
      }
    }
  }
}
