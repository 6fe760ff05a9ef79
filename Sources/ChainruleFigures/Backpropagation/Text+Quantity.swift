/// Numbers of any size in little room.
extension Text {
  /// A number in at most seven letters: with so many decimals, fewer where it is large, as a power of ten where it would
  /// vanish. Only what is exactly 0 or another whole digit is written as that.
  mutating func add(quantity number: Float, decimals most: Int) {
    let size = number.magnitude
    if size < 10 && size == size.rounded(.down) {
      add(number, decimals: 0)
    } else if !(size < 99_999.5) {
      add(number < 0 ? "< −10⁵" : "> 10⁵")
    } else if size < 0.001 && most > 2 {
      if number < 0 { add("−") }
      addPower(size)
    } else {
      var decimals = most
      var limit: Float = 10
      while decimals > 0 && size >= limit {
        decimals -= 1
        limit *= 10
      }
      add(number, decimals: decimals)
    }
  }

  /// A number below 1 as 3·10⁻⁵.
  private mutating func addPower(_ size: Float) {
    var mantissa = size
    var exponent = 0
    // At 0.95 it rounds to 1, and below 9.5 to no more than 9.
    while mantissa < 0.95 {
      mantissa *= 10
      exponent += 1
    }
    add(mantissa, decimals: 0)
    add("·10⁻")
    if exponent >= 10 { add(superscript: exponent / 10) }
    add(superscript: exponent % 10)
  }

  private mutating func add(superscript digit: Int) {
    // ¹, ² and ³ are older than the others, and stand elsewhere.
    switch digit {
    case 1: add("¹")
    case 2: add("²")
    case 3: add("³")
    default: bytes += [0xe2, 0x81, 0xb0 + UInt8(digit)]
    }
  }

  /// Words in which # stands for a small number below the letter, counted from 1: `x#` is x₁ for the index 0.
  mutating func add(_ words: StaticString, subscript index: Int) {
    for byte in Text(words).bytes {
      if byte == UInt8(ascii: "#") {
        bytes += [0xe2, 0x82, 0x81 + UInt8(index)]
      } else {
        bytes.append(byte)
      }
    }
  }

  /// A number with as many decimals as it has, up to three.
  mutating func add(trimmed number: Float) {
    var decimals = 0
    var rest = number
    while decimals < 3 && (rest - (rest + 0.5).rounded(.down)).magnitude > 0.001 {
      rest *= 10
      decimals += 1
    }
    add(number, decimals: decimals)
  }

  /// How many letters there are.
  var letters: Int {
    var count = 0
    for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
    return count
  }
}
