/// Finds a cell among the levels that an encoding knows. Numbers are compared as numbers: “1” is “1.0”.
struct LevelMatcher {
  private var numbers: [(number: Double, index: Int)] = []
  private var texts: [(text: String, index: Int)] = []

  init(_ labels: [String]) {
    for (index, label) in labels.enumerated() {
      if case .number(let number) = Cell(label) {
        numbers.append((number, index))
      } else {
        texts.append((label, index))
      }
    }
    sort()
  }

  init(groups: [LevelGroup]) {
    for (index, group) in groups.enumerated() {
      if group.number.isNaN { texts.append((group.text, index)) } else { numbers.append((group.number, index)) }
    }
    sort()
  }

  private mutating func sort() {
    numbers.sort { $0.number < $1.number }
    texts.sort { ByteText.precedes($0.text, $1.text) }
  }

  /// The position of a number's label; `nil` if there is none.
  func index(of number: Double) -> Int? {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && numbers[low].number == number ? numbers[low].index : nil
  }

  /// The position of a text's label; `nil` if there is none.
  func index(of text: String) -> Int? {
    var low = 0
    var high = texts.count
    while low < high {
      let middle = (low + high) / 2
      if ByteText.precedes(texts[middle].text, text) { low = middle + 1 } else { high = middle }
    }
    return low < texts.count && ByteText.equal(texts[low].text, text) ? texts[low].index : nil
  }

  /// The position of a level's label; `nil` if there is none.
  func index(of level: Level) -> Int? { level.number.isNaN ? index(of: level.text) : index(of: level.number) }
}
