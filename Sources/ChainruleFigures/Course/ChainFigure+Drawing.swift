extension ChainFigure {
  /// How long a change is drawn when it goes in, and how long it may become.
  private static let nudgeLength: Float = 26
  private static let longestNudge: Float = 40

  /// Writes the words that a template makes.
  private func write(
    _ template: StaticString, _ index: Int, _ x: Float, _ y: Float, size: Float = 13,
    _ alignment: TextAlignment = .middle, bold: Bool = false, role: Role = .ink, on canvas: any Canvas
  ) {
    canvas.text(
      words(template, index).bytes, at: Point(x, y), size: size, alignment: alignment, bold: bold, fill: Fill(role))
  }

  /// The colour of a path: far from those of the signs, which the connections have.
  private func role(ofPath path: Int) -> Role { Role.series(path + 2) }

  /// The colour of a part's boxes: the accent if it is lit, its path's if it has one of its own.
  private func role(of part: Int) -> Role {
    let owner = model.firstStep(at: part).owner
    return part == litPart ? .accent : owner < 0 ? .axis : role(ofPath: owner)
  }

  /// A box for a part or its factor, lit with it. Returns its middle.
  private func drawBox(_ box: Rectangle, _ part: Int, on canvas: any Canvas) -> Float {
    let isLit = part == litPart
    canvas.rectangle(
      box, cornerRadius: 7, fill: Fill(.background),
      stroke: Stroke(role(of: part), width: isLit ? 2.5 : 1.5))
    if isLit { canvas.rectangle(box, cornerRadius: 7, fill: Fill(.accent, opacity: 0.14), stroke: nil) }
    return box.x + box.width / 2
  }

  // MARK: The network

  func drawNetwork(on canvas: any Canvas) {
    for part in 0..<model.parts {
      let isConnection = model.isConnection(part)
      if isConnection { drawConnection(part, on: canvas) }
      let box = layout.box(of: part)
      let x = drawBox(box, part, on: canvas)
      if isConnection {
        write("$w", part, x, box.y + 14, role: .muted, on: canvas)
        write("$W", part, x, box.y + 28, bold: true, on: canvas)
      } else {
        let shift = layout.wordShift(of: part)
        if shift > 0 {
          // From the output to the loss, unchanged.
          let left = layout.place(ofPerceptron: model.last).x + box.width / 2
          let y = box.y + box.height / 2
          canvas.segments([Point(left, y), Point(box.x, y)], stroke: Stroke(.axis, width: 1.5))
        }
        drawBend(of: model.perceptron(of: part), in: box, on: canvas)
        canvas.write(sumWords(part), at: Point(x, box.y - 14 - shift), size: 13, alignment: .middle, role: .ink)
        write(outputWords(part), part, x, box.bottom + 22 + shift, on: canvas)
      }
    }
    let input = layout.place(ofPerceptron: 0)
    canvas.circle(
      center: input, radius: ChainLayout.inputRadius, fill: Fill(.surface), stroke: Stroke(.axis, width: 1.5))
    write("$x", 0, input.x, input.y + 4, bold: true, on: canvas)
    write("x", 0, input.x, input.y + ChainLayout.inputRadius + 15, on: canvas)
  }

  private func drawConnection(_ part: Int, on canvas: any Canvas) {
    let line = layout.line(of: part)
    if part == litPart { canvas.polyline(line, stroke: Stroke(.accent, width: 12, opacity: 0.2)) }
    let weight = Float(model.weights[part])
    canvas.polyline(
      line,
      stroke: Stroke(
        weight < 0 ? .negative : .positive, width: 1.2 + weight.magnitude * 1.4, opacity: 0.8, dash: weight < 0 ? 7 : 0)
    )
  }

  /// z₂ = w₂ a₁ = −0.52; the middle only where there is room.
  private func sumWords(_ part: Int) -> Text {
    if model.isLoss(part) { return words(layout.isAligned ? "ŷ − y = $z" : "ŷ − y", part) }
    if !layout.isAligned { return words("$c $z", part) }
    var text = words("$c", part)
    var template: StaticString = " = $m $c"
    for (connection, end) in model.to.enumerated() where model.part(ofPerceptron: end) == part {
      text.bytes += words(connection == 0 ? " = $w x" : template, connection).bytes
      template = " + $m $c"
    }
    text.bytes += words(" = $z", part).bytes
    return text
  }

  private func outputWords(_ part: Int) -> StaticString {
    if !layout.isAligned { return "$e $a" }
    if model.isLoss(part) { return "L = (ŷ − y)² = $a" }
    return model.bend == .tanh
      ? "$e = tanh($c) = $a" : model.bend == .sigmoid ? "$e = σ($c) = $a" : "$e = $c = $a"
  }

  /// The activation around the sum z, or the loss around ŷ − y, and how steep it is there.
  private func drawBend(of perceptron: Int, in box: Rectangle, on canvas: any Canvas) {
    let bend = model.bend(of: perceptron)
    let z = model.sums[perceptron]
    let reach = max(bend == .square ? 1.5 : 4, z.magnitude * 1.1)
    let across = Double(box.width - 6) / (2 * reach)
    // A sigmoid stays between 0 and 1, tanh between −1 and 1, a square above 0.
    let middle = bend == .sigmoid ? 0.5 : bend == .square ? reach * reach / 2 : 0
    let high = bend == .linear ? reach : bend == .tanh ? 1.2 : middle * 1.3
    let up = Double(box.height / 2 - 3) / high
    @inline(never) func place(_ z: Double, _ a: Double) -> Point {
      Point(box.x + box.width / 2 + Float(z * across), box.y + box.height / 2 - Float((a - middle) * up))
    }
    canvas.segments(
      [place(-reach, 0), place(reach, 0), place(0, middle - high), place(0, middle + high)], stroke: Stroke(.grid))
    var curve: [Point] = []
    for i in -20...20 {
      let z = reach * Double(i) / 20
      curve.append(place(z, bend.value(at: z)))
    }
    canvas.polyline(curve, stroke: Stroke(.muted, width: 1.5))
    let a = bend.value(at: z)
    let slope = bend.slope(at: z)
    let length = Double(box.height) / 4 / (across * across + slope * up * slope * up).squareRoot()
    canvas.clip(to: box)
    canvas.segments(
      [place(z - length, a - length * slope), place(z + length, a + length * slope)], stroke: Stroke(.curve, width: 2.5)
    )
    canvas.endClip()
    canvas.circle(center: place(z, a), radius: 3.5, fill: Fill(.curve), stroke: Stroke(.background, width: 1))
  }

  // MARK: The change

  /// The change that goes in, and what has become of it: all the way through, or as far as the lit factor.
  func drawChange(on canvas: any Canvas) {
    // Over the first weight, or over the input.
    var place = layout.place(ofPerceptron: 0)
    place.y -= ChainLayout.inputRadius + 3
    if model.isByWeight {
      place = layout.place(of: 0)
      place.y -= 20
    }
    var size = 1.0
    drawNudge(size, at: place, on: canvas)
    guard let lit else {
      drawNudge(model.derivative(), at: exit(of: model.parts - 1), on: canvas)
      return
    }
    for step in (lit - lit % model.stepsPerPath)...lit {
      let part = model.steps[step]
      let share = step < lit ? 1 : litShare
      size += Double(share) * (model.product(to: step) - size)
      // Half the way to the part's middle, half behind it: so a change keeps to its connection.
      let middle = layout.place(of: part)
      let (from, to, along) =
        share < 0.5 ? (place, middle, 2 * share) : (middle, exit(of: part), 2 * share - 1)
      place = Point(from.x + along * (to.x - from.x), from.y + along * (to.y - from.y))
      drawNudge(size, at: place, on: canvas)
    }
  }

  /// Where a change stands that has passed a part: before the perceptron that a connection leads to, or behind it.
  private func exit(of part: Int) -> Point {
    var place = layout.place(ofPerceptron: model.perceptron(of: part))
    place.x += (layout.box.width / 2 + 7) * (model.isConnection(part) ? -1 : 1)
    return place
  }

  /// An arrow as long as a change is large, up or down; a dot where it is next to nothing.
  private func drawNudge(_ size: Double, at foot: Point, on canvas: any Canvas) {
    let most = ChainFigure.longestNudge
    let length = min(max(Float(size) * ChainFigure.nudgeLength, -most), most)
    let role: Role = length < 0 ? .negative : .positive
    canvas.circle(center: foot, radius: 2.5, fill: Fill(role), stroke: nil)
    if length.magnitude < 3 { return }
    let tip = foot.y - length
    let neck = tip + min(max(length * 0.5, -8), 8)
    canvas.segments([foot, Point(foot.x, neck)], stroke: Stroke(role, width: 3))
    canvas.polygon([Point(foot.x, tip), Point(foot.x - 5, neck), Point(foot.x + 5, neck)], fill: Fill(role))
  }

  // MARK: The formula

  func drawFormula(on canvas: any Canvas) {
    let count = model.stepsPerPath
    for path in 0..<model.paths { drawEnds(ofPath: path, product: path * count + count - 1, on: canvas) }
    for (step, part) in model.steps.enumerated() {
      let chip = layout.chip(step)
      let x = drawBox(chip, part, on: canvas)
      write("∂$e", part, x, chip.y + 18, size: 13, on: canvas)
      canvas.segments([Point(x - 12, chip.y + 23.5), Point(x + 12, chip.y + 23.5)], stroke: Stroke(.ink))
      write("∂$c", part, x, chip.y + 37, size: 13, on: canvas)
      write("$m", part, x, chip.y + 53, role: .muted, on: canvas)
      write("$v", part, x, chip.y + 70, size: 13.5, bold: true, on: canvas)
      if step % count < count - 1 {
        canvas.circle(
          center: Point(chip.right + layout.gap / 2, chip.y + 39), radius: 2, fill: Fill(.ink), stroke: nil)
      }
    }
  }

  /// A path's name and product.
  private func drawEnds(ofPath path: Int, product: Int, on canvas: any Canvas) {
    var place = layout.product(ofPath: path)
    write("= $p", product, place.x, place.y, size: 14, .end, bold: true, on: canvas)
    place = layout.name(ofPath: path)
    canvas.write(
      name(ofPath: path), at: place, size: 14, alignment: layout.isAligned ? .middle : .start, bold: true, role: .ink)
    if model.paths == 1 { return }
    // The path's own line: under its name, or behind it.
    let line = layout.isAligned ? Point(place.x - 20, place.y + 12) : Point(place.x + 60, place.y - 4)
    canvas.segments(
      [line, Point(line.x + 40, line.y)], stroke: Stroke(role(ofPath: path), width: 3))
  }

  /// What all paths add up to.
  func drawSum(on canvas: any Canvas) {
    let right = layout.check.right
    canvas.segments(
      [Point(right - 84, layout.sum - 21), Point(right, layout.sum - 21)], stroke: Stroke(.ink, width: 1.5))
    write("both added: ∂ŷ/∂$n = $d", 0, right, layout.sum, size: 14, .end, bold: true, on: canvas)
  }

  // MARK: The check

  func drawCheck(on canvas: any Canvas) {
    canvas.rectangle(layout.check, cornerRadius: 7, fill: Fill(.surface), stroke: nil)
    drawCheck(0, "By the chain rule", "$D", .ink, on: canvas)
    drawCheck(
      1, layout.width >= 480 ? "Measured: ($y($n+h) − $y($n−h)) / 2h" : "Measured, h = 0.00001", "$M", .ink, on: canvas
    )
    let isWrong = (model.derivative(withSlopes: false) - measured).magnitude > 0.00001
    drawCheck(2, "If you forget the slopes", "$F", isWrong ? .warning : .ink, on: canvas)
  }

  private func drawCheck(
    _ index: Int, _ label: StaticString, _ number: StaticString, _ role: Role, on canvas: any Canvas
  ) {
    let frame = layout.check
    let isWide = layout.isCheckWide
    let x = frame.x + 12 + (isWide ? frame.width / 3 * Float(index) : 0)
    let y = frame.y + 23 + (isWide ? 0 : 25 * Float(index))
    write(label, 0, x, y, .start, role: .muted, on: canvas)
    write(
      number, 0, isWide ? x : frame.x + min(frame.width - 12, 420), isWide ? y + 23 : y, size: 14,
      isWide ? .start : .end, bold: role == .ink, role: role, on: canvas)
  }
}
