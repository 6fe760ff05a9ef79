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
      // One digit and a power of ten. At 0.95 it rounds to 1, and below 9.5 to no more than 9.
      var digit = number
      var power = 0
      while digit.magnitude < 0.95 {
        digit *= 10
        power -= 1
      }
      add(digit, decimals: 0)
      add("·")
      add(powerOfTen: power)
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

  /// How many letters there are.
  var letters: Int {
    var count = 0
    for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
    return count
  }
}
