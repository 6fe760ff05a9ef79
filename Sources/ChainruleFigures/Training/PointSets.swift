import ChainruleCore

/// Curves to learn, each as 33 points that noise between 0 and 0.3 has lifted.
enum CurveSet: Int, CaseIterable {
  case line, quadratic, cubic, sine

  /// What the sets are called.
  static let names: StaticString = "Line|Quadratic|Cubic|Sine"

  /// The curve in the middle of the noise, in words.
  var formula: StaticString {
    switch self {
    case .line: "½ x"
    case .quadratic: "2 x² − ½"
    case .cubic: "x³ + 0.15"
    case .sine: "½ sin πx"
    }
  }

  /// The noise's mean.
  private static let lift: Float = 0.15

  /// The curve in the middle of the noise.
  func value(at x: Float) -> Float { lowest(at: x) + CurveSet.lift }

  /// The curve below the noise.
  private func lowest(at x: Float) -> Float {
    switch self {
    case .line: 0.5 * x - CurveSet.lift
    case .quadratic: 2 * x * x - 0.5 - CurveSet.lift
    case .cubic: x * x * x
    case .sine: 0.5 * sin(.pi * x) - CurveSet.lift
    }
  }

  /// The points, the same every time.
  var points: [Sample] {
    var random = RandomSource(seed: 1)
    var samples: [Sample] = []
    for i in 0..<33 {
      let x = -0.8 + 1.6 * Float(i) / 32
      samples.append(Sample(Point(x, lowest(at: x) + random.uniform(0, 2 * CurveSet.lift))))
    }
    return samples
  }
}

/// Points of two classes to tell apart, as many of each.
enum ClassSet: Int, CaseIterable {
  case clusters, overlapping, rings, xor, spirals

  /// What the sets are called.
  static let names: StaticString = "Clusters|Overlapping|Rings|Xor|Spirals"

  /// How many points both classes have together.
  private var count: Int {
    switch self {
    case .clusters, .rings: 40
    case .xor: 60
    case .spirals: 100
    case .overlapping: 120
    }
  }

  /// The points, the same every time.
  var points: [Sample] {
    var random = RandomSource(seed: 1)
    if self == .rings { return ClassSet.rings(&random, count: 20, inner: 0.25, outer: 0.25) }
    var samples: [Sample] = []
    for i in 0..<count {
      // Points of both classes in turn; the second class mirrors the first.
      let side: Float = i % 2 == 0 ? 1 : -1
      samples.append(Sample(place(of: i, side: side, &random), kind: i % 2))
    }
    return samples
  }

  private func place(of index: Int, side: Float, _ random: inout RandomSource) -> Point {
    switch self {
    case .clusters: return cluster(around: Point(0.45 * side, 0.4 * side), spread: 0.17, &random)
    case .overlapping: return cluster(around: Point(0.25 * side, 0.2 * side), spread: 0.32, &random)
    case .spirals:
      // From the middle outwards, in one turn and a half.
      let way = Float(index / 2) / Float(count / 2 - 1)
      let angle = 3 * .pi * way
      let radius = (0.12 + 0.83 * way) * side
      return Point(
        radius * sin(angle + 0.5 * .pi) + random.uniform(-0.02, 0.02),
        radius * sin(angle) + random.uniform(-0.02, 0.02))
    default:
      // A corner of the square: where the coordinates' signs agree, or where they differ.
      let x = random.uniform(0.08, 0.95) * (index & 2 == 0 ? 1 : -1)
      return Point(x, random.uniform(0.08, 0.95) * (x > 0 ? side : -side))
    }
  }

  /// A place near a centre, and in the plot.
  private func cluster(around center: Point, spread: Float, _ random: inout RandomSource) -> Point {
    func near(_ middle: Float) -> Float { min(max(middle + spread * random.normal(), -1), 1) }
    return Point(near(center.x), near(center.y))
  }

  /// A disc (r² < `inner`) and the ring around it (`outer` < r² < 1), `count` points each, drawn evenly from the square.
  static func rings(_ random: inout RandomSource, count: Int, inner: Float, outer: Float) -> [Sample] {
    var samples: [Sample] = []
    var missing = [count, count]
    while missing[0] + missing[1] > 0 {
      let place = Point(random.uniform(-1, 1), random.uniform(-1, 1))
      let square = place.squaredDistance(to: Point(0, 0))
      let kind = square < inner ? 0 : 1
      if square < inner || square > outer && square < 1, missing[kind] > 0 {
        samples.append(Sample(place, kind: kind))
        missing[kind] -= 1
      }
    }
    return samples
  }
}

/// The sine, by its series: to the last digits of a `Float` for angles up to two turns either way.
private func sin(_ angle: Float) -> Float {
  let x = Double(angle)
  var term = x
  var sum = x
  var n = 2.0
  while n < 60 {
    term *= -x * x / (n * (n + 1))
    sum += term
    n += 2
  }
  return Float(sum)
}
