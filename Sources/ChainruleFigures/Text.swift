/// UTF-8 text put together from words and numbers, without the standard library's formatting, which would double the
/// size of the WebAssembly module. Its functions are called from everywhere, and for the same reason kept whole.
struct Text {
  var bytes: [UInt8] = []

  init() {}

  @inline(never)
  init(_ words: StaticString) {
    add(words)
  }

  @inline(never)
  mutating func add(_ words: StaticString) {
    words.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A whole number, with a comma between thousands from 10,000 on, unless it is to be spoken.
  @inline(never)
  mutating func add(_ number: Int, isGrouped: Bool = true) {
    if number < 0 { add("−") }
    var digits: [UInt8] = []
    var rest = number.magnitude
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    for i in 0..<digits.count {
      if isGrouped && digits.count > 4 && i > 0 && (digits.count - i) % 3 == 0 { add(",") }
      bytes.append(digits[digits.count - 1 - i])
    }
  }

  /// A number with a fixed count of decimals, up to 6; rounded half up.
  @inline(never)
  mutating func add(_ number: Float, decimals: Int) {
    if !number.isFinite {
      add("not a number")
      return
    }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Double(number.magnitude) * scale + 0.5
    if scaled >= 1e12 {
      add("very large")
      return
    }
    let digits = Int64(scaled)
    if number < 0 && digits > 0 { add("−") }
    let divisor = Int64(scale)
    add(Int(truncatingIfNeeded: digits / divisor), isGrouped: false)
    if decimals > 0 {
      bytes.append(UInt8(ascii: "."))
      var place = divisor / 10
      while place > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(digits / place % 10))
        place /= 10
      }
    }
  }

  /// A positive number with about three digits that matter.
  mutating func add(significant number: Float) {
    let decimals = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : number >= 0.1 ? 3 : number >= 0.01 ? 4 : 5
    add(number, decimals: decimals)
  }

  /// One of several words with `|` between them, counted from 0.
  mutating func add(_ index: Float, of words: StaticString) {
    var place = 0
    words.withUTF8Buffer {
      for byte in $0 {
        if byte == UInt8(ascii: "|") {
          place += 1
        } else if place == Int(index) {
          bytes.append(byte)
        }
      }
    }
  }

  /// A number of any size, 0 or above: as it stands from 0.01 to 9,999, otherwise two digits and a power of ten.
  mutating func add(ofAnySize number: Float) {
    if number == .infinity {
      add("∞")
      return
    }
    if number == 0 || (number >= 0.01 && number < 9_999.5) {
      add(number, decimals: number == 0 || number >= 100 ? 0 : number >= 1 ? 1 : number >= 0.1 ? 2 : 3)
      return
    }
    var digits = Double(number)
    var power = 0
    // 9.95 would be rounded to 10.0.
    while digits >= 9.95 {
      digits /= 10
      power += 1
    }
    while digits < 0.995 {
      digits *= 10
      power -= 1
    }
    add(Float(digits), decimals: 1)
    add("·")
    add(powerOfTen: power)
  }

  /// Ten to a power, the power raised.
  mutating func add(powerOfTen power: Int) {
    add(power < 0 ? "10⁻" : "10")
    let start = bytes.count
    add(Int(power.magnitude))
    let digits = bytes[start...]
    bytes.removeLast(bytes.count - start)
    for digit in digits {
      switch digit {
      case UInt8(ascii: "1"): add("¹")
      case UInt8(ascii: "2"): add("²")
      case UInt8(ascii: "3"): add("³")
      // The other raised digits follow one another from U+2070 on.
      default: bytes += [0xe2, 0x81, 0x80 + digit]
      }
    }
  }

  /// A number of up to five decimals, without the zeros at its end.
  mutating func add(short number: Float) {
    add(number, decimals: 5)
    while bytes[bytes.count - 1] == UInt8(ascii: "0") { bytes.removeLast() }
    if bytes[bytes.count - 1] == UInt8(ascii: ".") { bytes.removeLast() }
  }

  /// A loss; far below and above of what matters, only which side it is on.
  mutating func addLoss(_ loss: Float) {
    if loss < 0.0001 {
      add("< 0.0001")
    } else if loss > 9999 {
      add("> 9999")
    } else {
      add(significant: loss)
    }
  }
}
