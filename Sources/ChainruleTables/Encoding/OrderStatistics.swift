/// Quantiles of some numbers of a column.
struct OrderStatistics {
  /// The most numbers to use: quantiles of an even sample are accurate enough.
  static let limit = 65_536

  private var numbers: [Double]

  /// - Precondition: there is at least one number, and none is NaN.
  init(_ numbers: [Double]) { self.numbers = numbers }

  /// The quantile `q`, interpolated between neighbours.
  mutating func quantile(_ q: Double) -> Double {
    let position = q * Double(numbers.count - 1)
    let index = Int(position)
    let part = position - Double(index)
    let low = select(index)
    if part == 0 { return low }
    // All numbers after the index are at least as large, and the smallest of them is the next in order.
    var high = numbers[index + 1]
    for other in numbers[(index + 1)...] where other < high { high = other }
    return low == high ? low : low * (1 - part) + high * part
  }

  /// The median distance from `center` of the numbers that differ from it; `nil` if there are none.
  func typicalDistance(from center: Double) -> Double? {
    var distances: [Double] = []
    for number in numbers where number != center {
      distances.append(min(abs(number - center), .greatestFiniteMagnitude))
    }
    if distances.isEmpty { return nil }
    var statistics = OrderStatistics(distances)
    return statistics.quantile(0.5)
  }

  /// The number that would be at `index` if they were sorted. Afterwards smaller numbers are before it and larger ones
  /// after it (C. Hoare, 1961).
  private mutating func select(_ index: Int) -> Double {
    numbers.withUnsafeMutableBufferPointer { numbers in
      var low = 0
      var high = numbers.count - 1
      while low < high {
        let (a, b, c) = (numbers[low], numbers[(low + high) / 2], numbers[high])
        let pivot = max(min(a, b), min(max(a, b), c))
        var i = low
        var j = high
        while i <= j {
          while numbers[i] < pivot { i += 1 }
          while numbers[j] > pivot { j -= 1 }
          if i <= j {
            numbers.swapAt(i, j)
            i += 1
            j -= 1
          }
        }
        if index <= j { high = j } else if index >= i { low = i } else { break }
      }
      return numbers[index]
    }
  }
}
