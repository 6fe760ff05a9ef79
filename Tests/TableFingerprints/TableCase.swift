import ChainruleCore

/// A file, and the column to predict.
struct TableCase {
  let bytes: [UInt8]
  let target: Int

  /// How to make each one.
  static var all: [() -> TableCase] {
    [{ numbers }, { categories }, { dates }, { gaps }, { latin }, { wide }, { freeText }]
  }

  /// Short and long numbers, with exponents, and a number to predict.
  private static var numbers: TableCase {
    var file = FileWriter()
    file.add("short,long,power,whole,y\n")
    for row in 0..<400 {
      file.add(file.digits(2) + "." + file.digits(1) + ",-0." + file.digits(17) + ",3.")
      file.add(file.digits(15) + "e" + (row % 2 == 0 ? "-" : "+") + file.digits(2) + "," + file.digits(3))
      file.add(",1" + file.digits(2) + "." + file.digits(2) + "\n")
    }
    return TableCase(bytes: file.bytes, target: 4)
  }

  /// Texts in quotation marks and without, a unit, rare levels, and a class to predict.
  private static var categories: TableCase {
    let kinds = ["oak", "\"ash, tall\"", "\"the \"\"old\"\" one\"", "elm", "  lime "]
    var file = FileWriter()
    file.add("id,kind,rare,share,yes,y\n")
    for row in 0..<300 {
      file.add("r" + file.digits(5) + "," + file.element(kinds) + ",level" + (row % 9 == 0 ? file.digits(2) : ""))
      file.add("," + file.digits(1) + "." + file.digits(1) + "%," + file.element(["yes", "no", "Yes", ""]))
      file.add("," + file.element(["a", "b", "a", "c"]) + "\r\n")
    }
    return TableCase(bytes: file.bytes, target: 5)
  }

  /// Dates in four formats, one of them with too many dates to keep their spelling, and offsets from UTC.
  private static var dates: TableCase {
    var file = FileWriter()
    file.add("iso\tday first\tmoment\tclock\tmonth\ty\n")
    for row in 0..<600 {
      let day = "1" + file.digits(1)
      let time = "1" + file.digits(1) + ":" + file.element(["00", "15", "59"])
      file.add("20" + file.element(["19", "20", "24"]) + "-0" + file.element(["2", "7"]) + "-" + day)
      file.add("\t" + day + "/0" + file.element(["1", "5"]) + "/199" + file.digits(1))
      file.add(
        "\t2023-1" + file.element(["0", "1", "2"]) + "-" + day + "T" + time + ":0" + file.digits(1) + "."
          + file.digits(3))
      file.add((row % 5 == 0 ? "Z" : file.element(["+02:00", "-0530"])) + "\t" + time)
      file.add("\t" + day + file.element([" Mar ", " August "]) + "2021\t" + file.element(["on", "off"]) + "\n")
    }
    return TableCase(bytes: file.bytes, target: 5)
  }

  /// Missing cells with several words, comments, numbers with exceptions, and rows without a target.
  private static var gaps: TableCase {
    var file = FileWriter()
    file.add("# a comment\n,n,k,mostly,empty,y\n")
    for row in 0..<500 {
      if row % 100 == 50 { file.add("# another one\n\n") }
      file.add(row < 10 ? file.digits(1) + "," : "1" + file.digits(3) + ",")
      file.add(file.element(["NA", "", "?", "1.5", "2.5", "-7"]) + "," + file.element(["x", "y", "null", "n/a", "z"]))
      file.add("," + (row % 50 == 7 ? "unknown" : file.digits(4) + ".5") + ",," + file.element(["0", "1", ""]) + "\n")
    }
    return TableCase(bytes: file.bytes, target: 5)
  }

  /// Windows-1252, semicolons, decimal commas, points between thousands.
  private static var latin: TableCase {
    var file = FileWriter()
    file.add(latin1: "Gr\u{F6}\u{DF}e;Preis \u{80};Art\n")
    for _ in 0..<200 {
      file.add(file.digits(1) + "," + file.digits(2) + ";1" + "." + file.digits(3) + "," + file.digits(2) + ";")
      file.add(latin1: file.element(["F\u{F6}hre", "Esche", "B\u{E4}rlauch \u{93}x\u{94}"]) + "\n")
    }
    return TableCase(bytes: file.bytes, target: 2)
  }

  /// UTF-16, spaces between cells, no header, and more columns than fit in a part.
  private static var wide: TableCase {
    var text = FileWriter()
    for _ in 0..<40 {
      for _ in 0..<300 { text.add(text.digits(1) + "." + text.digits(2) + "  ") }
      text.add(text.element(["é", "🌳"]) + "\n")
    }
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in String(decoding: text.bytes, as: UTF8.self).utf16 {
      bytes.append(UInt8(truncatingIfNeeded: unit))
      bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
    return TableCase(bytes: bytes, target: 300)
  }

  /// Too many texts to keep, and some thousand levels.
  private static var freeText: TableCase {
    var file = FileWriter()
    file.add("note;customer;y\n")
    for row in 0..<90_000 {
      file.add(row % 11 == 0 ? "" : "note " + file.digits(9))
      file.add(";customer " + file.digits(3) + ";" + file.digits(1) + "\n")
    }
    return TableCase(bytes: file.bytes, target: 2)
  }
}

/// Writes a file with random cells, the same each time.
private struct FileWriter {
  private(set) var bytes: [UInt8] = []
  private var random = RandomSource(seed: 21)

  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// The code units as bytes.
  mutating func add(latin1 text: String) {
    for scalar in text.unicodeScalars { bytes.append(UInt8(truncatingIfNeeded: scalar.value)) }
  }

  mutating func digits(_ count: Int) -> String {
    var letters: [UInt8] = []
    for _ in 0..<count { letters.append(UInt8(0x30 + random.next() % 10)) }
    return String(decoding: letters, as: UTF8.self)
  }

  mutating func element(_ texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }
}
