/// What a colour is for. The page decides which colour that is, in light and in dark.
public enum Role: Int32, Sendable {
  /// The page behind a figure.
  case background = 0
  /// A panel or plot on the page.
  case surface
  /// Text to be read.
  case ink
  /// Text that explains.
  case muted
  /// An axis.
  case axis
  /// Lines that help the eye.
  case grid
  /// What the reader acts on.
  case accent
  /// A positive number, and nothing else.
  case positive
  /// A negative number, and nothing else.
  case negative
  /// What the network computes.
  case curve
  /// The keyboard's place.
  case focus
  /// Something went wrong.
  case warning
  /// The first of several lines or parts that are told apart by colour; see ``series(_:)``.
  case series1
  /// The second.
  case series2
  /// The third.
  case series3
  /// The fourth.
  case series4
  /// The fifth.
  case series5
  /// The first of the classes that a network separates.
  case class1
  /// The second class.
  case class2
  /// The third class.
  case class3

  /// The colour of one of several, counted from 0; after five they begin again.
  public static func series(_ index: Int) -> Role { Role(rawValue: series1.rawValue + Int32(index % 5))! }
}

/// How an area is filled.
public struct Fill: Equatable, Sendable {
  /// Its colour.
  public var role: Role
  /// From 0 to 1.
  public var opacity: Float

  /// Creates a fill, opaque unless told otherwise.
  public init(_ role: Role, opacity: Float = 1) {
    self.role = role
    self.opacity = opacity
  }
}

/// How a line is drawn.
public struct Stroke: Equatable, Sendable {
  /// Its colour.
  public var role: Role
  /// In CSS pixels.
  public var width: Float
  /// From 0 to 1.
  public var opacity: Float
  /// Length of dashes and gaps, in CSS pixels; 0 for a whole line.
  public var dash: Float

  /// Creates a stroke.
  public init(_ role: Role, width: Float = 1, opacity: Float = 1, dash: Float = 0) {
    self.role = role
    self.width = width
    self.opacity = opacity
    self.dash = dash
  }
}

/// Which part of a text stands at its point.
public enum TextAlignment: Int32, Sendable {
  /// Its beginning.
  case start = 0
  /// Its middle.
  case middle
  /// Its end.
  case end
}

/// Something to draw on. Figures know no other.
public protocol Canvas: AnyObject {
  /// How large it is, in CSS pixels.
  var size: Size { get }
  /// A line through all points.
  func polyline(_ points: [Point], stroke: Stroke)
  /// A line for each pair of points.
  func segments(_ points: [Point], stroke: Stroke)
  /// A filled area.
  func polygon(_ points: [Point], fill: Fill)
  /// A circle, filled, drawn, or both.
  func circle(center: Point, radius: Float, fill: Fill?, stroke: Stroke?)
  /// A rectangle with round corners, filled, drawn, or both.
  func rectangle(_ rectangle: Rectangle, cornerRadius: Float, fill: Fill?, stroke: Stroke?)
  /// A line of UTF-8 text, its baseline at `point`.
  func text(_ bytes: [UInt8], at point: Point, size: Float, alignment: TextAlignment, bold: Bool, fill: Fill)
  /// A smooth picture of levels, the first row on top: 0 in the colour `low`, 255 in `high`, the background between.
  func field(
    _ levels: [UInt8], columns: Int, rows: Int, in rectangle: Rectangle, low: Role, high: Role, opacity: Float)
  /// Hides what is drawn outside, until ``endClip()``.
  func clip(to rectangle: Rectangle)
  /// Ends the latest clip.
  func endClip()
}

extension Canvas {
  /// Lines of words that are no longer than `width`, the first baseline at `point`, broken at blanks by an estimate of the
  /// letters' widths. Returns the last baseline.
  @discardableResult
  func paragraph(
    _ text: Text, at point: Point, width: Float, size: Float = 13, bold: Bool = false, role: Role = .muted
  ) -> Float {
    let most = Int(width / (size * 0.6))
    var line = Text()
    var letters = 0
    var word = Text()
    var wordLetters = 0
    var y = point.y
    func endWord() {
      if letters > 0 && letters + 1 + wordLetters > most {
        write(line, at: Point(point.x, y), size: size, bold: bold, role: role)
        y += (size * 1.5)
        line = Text()
        letters = 0
      }
      if letters > 0 {
        line.add(" ")
        letters += 1
      }
      line.bytes.append(contentsOf: word.bytes)
      letters += wordLetters
      word = Text()
      wordLetters = 0
    }
    for byte in text.bytes {
      if byte == UInt8(ascii: " ") {
        endWord()
      } else {
        word.bytes.append(byte)
        // The bytes that continue a character are no letters of their own.
        if byte & 0xc0 != 0x80 { wordLetters += 1 }
      }
    }
    endWord()
    write(line, at: Point(point.x, y), size: size, bold: bold, role: role)
    return y
  }

  /// A dot with a rim that sets it off from what it lies on.
  @inline(never)
  func dot(_ center: Point, radius: Float, _ role: Role, rim: Role = .background) {
    circle(center: center, radius: radius, fill: Fill(role), stroke: Stroke(rim, width: 2))
  }

  /// A line of words, its baseline at `point`.
  @inline(never)
  func write(
    _ text: Text, at point: Point, size: Float = 13, alignment: TextAlignment = .start, bold: Bool = false,
    role: Role = .muted
  ) {
    self.text(text.bytes, at: point, size: size, alignment: alignment, bold: bold, fill: Fill(role))
  }
}
