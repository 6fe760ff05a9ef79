// What is said: names, numbers and sentences about the parts.
extension ChainFigure {
  /// Words about a part, a step or a path. In the template, a dollar sign and a letter stand for
  ///
  /// | letters | mean | examples |
  /// |---|---|---|
  /// | e, c | a part's effect and cause: its factor is ∂e/∂c | z₂, a₁ |
  /// | m, v | what the factor is, and its value | w₂, 0.80 |
  /// | w, W | a connection's weight, and its value | w₂, 0.80 |
  /// | z, a | a perceptron's sum and output | 0.51, 0.47 |
  /// | p, P | the product up to a step, with 4 decimals and with 6 | 0.8949 |
  /// | d, D | the derivative, with 4 decimals and with 6 | 0.5588 |
  /// | M, F | the derivative measured, and with the slopes forgotten | 0.558782 |
  /// | x | the input | 0.50 |
  /// | n, y | what is nudged, and the chain's end | x, ŷ |
  func words(_ template: StaticString, _ index: Int = 0) -> Text {
    var text = Text()
    template.withUTF8Buffer { bytes in
      var isLetter = false
      for byte in bytes {
        if isLetter {
          add(byte, index, to: &text)
        } else if byte != UInt8(ascii: "$") {
          text.bytes.append(byte)
        }
        isLetter = !isLetter && byte == UInt8(ascii: "$")
      }
    }
    return text
  }

  private func add(_ letter: UInt8, _ index: Int, to text: inout Text) {
    let isConnection = model.isConnection(index)
    let perceptron = model.perceptron(of: index)
    var value = 0.0
    var decimals = 2
    switch UnicodeScalar(letter) {
    case "e": return isConnection ? add("z", perceptron, to: &text) : addOutput(perceptron, to: &text)
    case "c":
      if isConnection { return addOutput(model.from[index], to: &text) }
      return model.isLoss(index) ? text.add("ŷ") : add("z", perceptron, to: &text)
    case "w": return add("w", index + 1, to: &text)
    case "n": return addOutput(0, to: &text)
    case "y": return addOutput(model.sums.count - 1, to: &text)
    case "m": return addMeaning(of: index, to: &text)
    case "v":
      value = model.factor(of: index)
      if !isConnection { decimals = 4 }
    case "W": value = model.weights[index]
    case "x": value = model.input
    case "z": value = model.sums[perceptron]
    case "a": value = model.output(of: perceptron)
    case "p", "P":
      value = model.product(to: index)
      decimals = letter == UInt8(ascii: "p") ? 4 : 6
    case "M":
      value = measured
      decimals = 6
    default:
      value = model.derivative(withSlopes: letter != UInt8(ascii: "F"))
      decimals = letter == UInt8(ascii: "d") ? 4 : 6
    }
    text.add(Float(value), decimals: decimals)
  }

  private func addMeaning(of part: Int, to text: inout Text) {
    if model.isLoss(part) {
      text.add("2(ŷ − y)")
    } else if !model.isConnection(part) {
      text.add(model.bend == .tanh ? "tanh′(" : model.bend == .sigmoid ? "σ′(" : "f′(")
      add("z", model.perceptron(of: part), to: &text)
      text.add(")")
    } else if part == 0 && model.isByWeight {
      text.add("x")
    } else {
      add("w", part + 1, to: &text)
    }
  }

  /// A letter with a small number below the line.
  private func add(_ letter: StaticString, _ digit: Int, to text: inout Text) {
    text.add(letter)
    text.add("₀")
    text.bytes[text.bytes.count - 1] += UInt8(digit)
  }

  /// The output of a perceptron: a₁, ŷ; or L. At the input it is what is nudged: x, w₁.
  private func addOutput(_ perceptron: Int, to text: inout Text) {
    if perceptron == 0 {
      if model.isByWeight { add("w", 1, to: &text) } else { text.add("x") }
    } else if perceptron >= model.last {
      text.add(perceptron == model.last ? "ŷ" : "L")
    } else {
      add("a", perceptron, to: &text)
    }
  }

  /// The name of a path: via the perceptron that no other passes. A single path has the derivative's.
  func name(ofPath path: Int) -> Text {
    var name = words("∂$y/∂$n =")
    for part in model.to.count..<model.parts where model.firstStep(at: part).owner == path {
      name = words("via $e", part)
    }
    return name
  }

  /// What the lit factor says: how much it passes on and why, and how much has come through so far.
  var litWords: Text {
    guard let lit else {
      return words(
        "The arrows: a small change of $n comes out at $y $d times as large. Point at a part or a factor.")
    }
    let part = model.steps[lit]
    var text = words("∂$e/∂$c = $m = $v: when $c moves a little, $e moves $v times as much, ", part)
    text.bytes +=
      words(
        model.isConnection(part) ? "because $m multiplies it." : "because that's the curve's slope there.", part
      ).bytes
    text.bytes += words(" From $n to $e: ", part).bytes
    text.bytes += words("$p times as much.", lit).bytes
    return text
  }

  /// The figure's state in words.
  var description: Text {
    var text = words(isPlaying ? "A change runs through. x = $x" : "x = $x")
    for part in 0..<model.parts {
      text.bytes +=
        words(
          model.isConnection(part) ? ", $w = $W" : model.isLoss(part) ? ", ŷ − y = $z, L = $a" : ", $c = $z, $e = $a",
          part
        ).bytes
    }
    let count = model.stepsPerPath
    for (step, part) in model.steps.enumerated() {
      let place = step % count
      if place == 0 {
        text.add(". ")
        text.bytes += name(ofPath: step / count).bytes
      } else {
        text.add(" times")
      }
      text.bytes += words(" ∂$e/∂$c $v", part).bytes
      if place == count - 1 { text.bytes += words(" = $P", step).bytes }
    }
    text.bytes += words(". ∂$y/∂$n is $D, measured $M with a change of 0.00001, with the slopes forgotten $F. ").bytes
    if lit != nil { text.bytes += litWords.bytes }
    return text
  }
}
