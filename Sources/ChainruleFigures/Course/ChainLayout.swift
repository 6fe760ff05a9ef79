/// Where everything stands in the picture of a chain: the network on top, below it the factors of each path, then words,
/// then the check.
///
/// Where there is room, each factor stands under the part of the network that it belongs to. On narrow screens the factors
/// fill lines as words do.
final class ChainLayout {
  static let inputRadius: Float = 18
  static let margin: Float = 8
  private static let chipHeight: Float = 78

  private let model: ChainModel
  let width: Float
  /// Whether each factor stands under its part.
  let isAligned: Bool
  /// The size of a perceptron.
  let box: Size
  /// The middle of the input, and of the picture's height.
  private let start: Point
  /// From a part to the next, and from row to row.
  private let pitch: Float
  private let rowHeight: Float
  /// How many factors stand in a line.
  private let columns: Int
  /// From line to line of a path's factors, from a factor to the next in the line, and from path to path.
  private let lineHeight: Float
  private let cell: Float
  private let pathHeight: Float
  /// The upper edge of the first path's factors.
  private let formula: Float
  /// The baseline of the sum over all paths.
  let sum: Float
  /// The first baseline of the words.
  let words: Float
  let check: Rectangle
  /// Whether the three numbers of the check stand side by side.
  let isCheckWide: Bool

  init(_ model: ChainModel, width: Float) {
    self.model = model
    self.width = width
    // Room for the loss, whether the chain ends there now or not.
    let (count, paths) = (model.mostSteps, model.paths)
    let room = width - 2 * ChainLayout.margin
    let pitch = (width - 200) / Float(count)
    isAligned = pitch >= 82
    isCheckWide = width >= 800
    box = isAligned ? Size(min(pitch * 0.84, 88), 60) : Size(42, 42)
    rowHeight = box.height + (paths > 1 ? 84 : model.canEndAtLoss ? 98 : 70)
    lineHeight = ChainLayout.chipHeight + 10
    let middle = 4 + rowHeight * Float(paths) / 2
    let top = 2 * middle + 4
    if isAligned {
      self.pitch = pitch
      start = Point(50, middle)
      columns = count
      cell = pitch
      pathHeight = lineHeight
      formula = top
    } else {
      self.pitch = (room - ChainLayout.inputRadius - 37) / Float(count)
      start = Point(ChainLayout.margin + ChainLayout.inputRadius, middle)
      // The product needs room, too; lines are equally long as far as can be.
      let most = max(Int(room / 68), 2)
      let lines = (count + most) / most
      columns = (count + lines) / lines
      cell = room / Float(columns)
      pathHeight = lineHeight * Float(lines) + 26
      formula = top + 26
    }
    let end = top + pathHeight * Float(paths)
    sum = end + 20
    words = end + (paths > 1 ? 56 : 20)
    check = Rectangle(
      ChainLayout.margin, words + 19.5 * (1_400 / room).rounded(.up) - 4, room, isCheckWide ? 60 : 86)
  }

  // MARK: The network

  /// The middle of a part. Where paths part, one runs above and one below.
  func place(of part: Int) -> Point {
    let (step, owner) = model.firstStep(at: part)
    let row = owner < 0 ? 0 : Float(owner) - 0.5
    return Point(start.x + pitch * Float(step % model.stepsPerPath + 1), start.y + rowHeight * row)
  }

  /// The middle of a perceptron, or of the input.
  func place(ofPerceptron perceptron: Int) -> Point {
    perceptron == 0 ? start : place(of: model.part(ofPerceptron: perceptron))
  }

  /// Where a connection runs: from edge to edge of what it connects, by its weight.
  func line(of connection: Int) -> [Point] {
    var a = place(ofPerceptron: model.from[connection])
    var b = place(ofPerceptron: model.to[connection])
    a.x += connection == 0 ? ChainLayout.inputRadius : box.width / 2
    b.x -= box.width / 2
    return [a, place(of: connection), b]
  }

  /// The box that shows a part: where a connection carries its weight, or the perceptron itself.
  func box(of part: Int) -> Rectangle {
    let middle = place(of: part)
    let size = model.isConnection(part) ? Size(isAligned ? 46 : 40, 34) : box
    return Rectangle(middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)
  }

  /// How much farther from its box the loss's words are than a perceptron's, which they stand close to.
  func wordShift(of part: Int) -> Float { model.isLoss(part) ? 16 : 0 }

  /// Whether a place belongs to a part: to a perceptron and what is written about it, or to a connection.
  func isAt(_ place: Point, _ part: Int) -> Bool {
    let middle = self.place(of: part)
    let isConnection = model.isConnection(part)
    let reach = isConnection ? pitch - box.width / 2 : box.width / 2 + 1
    let height = isConnection ? 22 : box.height / 2 + 28
    // A connection comes from the middle's height, or goes back to it.
    let isBetween =
      isConnection && (place.y < start.y) == (middle.y < start.y)
      && (place.y - start.y).magnitude < (middle.y - start.y).magnitude
    return (place.x - middle.x).magnitude <= reach
      && (isBetween || (place.y - middle.y).magnitude <= height)
  }

  // MARK: The formula

  /// The box of a factor.
  func chip(_ step: Int) -> Rectangle {
    let path = step / model.stepsPerPath
    let place = step - path * model.stepsPerPath
    let line = place / columns
    let x = cell * Float(place - line * columns)
    let y = formula + pathHeight * Float(path) + lineHeight * Float(line)
    let size = min(cell - (isAligned ? 16 : 12), 104)
    return Rectangle(
      isAligned ? start.x + pitch - size / 2 + x : ChainLayout.margin + x, y, size, ChainLayout.chipHeight)
  }

  /// From a factor to the next.
  var gap: Float { isAligned ? pitch - chip(0).width : 12 }

  /// The place of a path's name: before its factors, or above them.
  func name(ofPath path: Int) -> Point {
    let chip = chip(path * model.stepsPerPath)
    return isAligned ? Point(start.x, chip.y + 44) : Point(ChainLayout.margin, chip.y - 11)
  }

  /// The place of a path's product: its right end.
  func product(ofPath path: Int) -> Point {
    let chip = chip(path * model.stepsPerPath + model.stepsPerPath - 1)
    return Point(isAligned ? check.right : chip.x + 2 * cell - 4, chip.y + 44)
  }
}
