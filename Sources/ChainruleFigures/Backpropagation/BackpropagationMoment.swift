import ChainruleCore

/// One moment of backpropagation, as it is shown: a step, how far it has come, and what is written and drawn of it.
final class BackpropagationMoment {
  typealias Node = NetworkDiagram.Node

  let trace: BackpropagationTrace
  /// Which calculation is shown.
  let position: Int
  /// The result of the gradient check, if that is shown.
  let comparison: BackpropagationTrace.Comparison?

  /// What is calculated.
  let kind: Keyframe.Kind
  /// Forward, loss, backward or update, counted from 0.
  let phase: Int
  /// How many perceptrons there are.
  let count: Int
  /// The perceptron in focus: its number, its place, its inputs and the first of its weights.
  let number: Int
  let focus: Node
  let fanIn: Int
  let firstWeight: Int
  let isOutput: Bool

  init(_ trace: BackpropagationTrace, position: Int, comparison: BackpropagationTrace.Comparison?) {
    let inputs = trace.sizes[0]
    count = trace.values.count - inputs
    let keyframe = Keyframe(at: position, of: count)
    kind = keyframe.kind
    phase = keyframe.phase
    number = comparison?.number ?? keyframe.number + inputs
    focus = trace.node(number)
    fanIn = trace.sizes[focus.layer - 1]
    firstWeight = trace.firstWeight(focus)
    isOutput = number == trace.values.count - 1
    self.trace = trace
    self.position = position
    self.comparison = comparison
  }

  // MARK: The calculation

  /// Writes the calculation.
  func write(to ledger: Ledger) {
    if let comparison {
      title("Gradient check", on: ledger)
      write(comparison, to: ledger)
      return
    }
    switch kind {
    case .forward:
      title("Forward: sum and activation", on: ledger)
      writeWeights(to: ledger)
      writeActivation(to: ledger)
    case .loss:
      title("Loss: how wrong is it?", on: ledger)
      writeLoss(to: ledger)
    case .delta:
      title("Backward: δ = ∂L/∂z", on: ledger)
      writeDelta(to: ledger)
    case .gradient:
      title("Backward: gradients ∂L/∂w", on: ledger)
      writeWeights(to: ledger)
      if leftover(firstWeight) == nil {
        note("δ times what came in; for the bias, that's 1. A weight with a small input hardly matters.", on: ledger)
      } else {
        ledger.note("Mistake: the last step's gradients were still there, and these were added.", isWarning: true)
      }
    case .update:
      title("Update: a step downhill", on: ledger)
      writeWeights(to: ledger)
      note("Old weight minus learning rate times gradient: each one moves to where the loss is lower.", on: ledger)
    case .result: writeResult(to: ledger)
    }
  }

  private func title(_ words: StaticString, on ledger: Ledger) {
    var place = Text("the output")
    if !isOutput {
      place = Text("perceptron ")
      place.add(focus.index + 1)
      place.add(" of hidden layer ")
      place.add(focus.layer)
    }
    ledger.title(words, place)
  }

  /// The gradient of the step before, where it should have been set to zero and wasn't.
  private func leftover(_ weight: Int) -> Float? { trace.mistake == .zeroing ? trace.before?.gradients[weight] : nil }

  private func note(_ words: StaticString, on ledger: Ledger) {
    let isDead = trace.deltas[number] == 0
    ledger.note(isDead ? "Nothing to learn here: δ is 0, and so is every gradient." : words, isWarning: isDead)
  }

  /// What is calculated for each weight, and for the bias as if it were one.
  private func writeWeights(to ledger: Ledger) {
    var sign = Text("×")
    if kind == .update {
      sign = Text("− ")
      sign.add(short: trace.sample.learningRate)
      sign.add(" ×")
    }
    let inputs = number - focus.index - fanIn
    for i in 0...fanIn {
      let weight = firstWeight + i
      let isBias = i == fanIn
      let input = isBias ? 1 : trace.values[inputs + i]
      let gradient = trace.gradients[weight]
      if kind == .gradient, let leftover = leftover(weight) {
        ledger.row(
          isBias ? "b" : "w#", i, leftover, Text("+"), trace.deltas[number] * input, is: gradient, isWarning: true)
        continue
      }
      let first = kind == .gradient ? trace.deltas[number] : trace.weights[weight]
      ledger.row(
        isBias ? "b" : "w#", i, first, sign, kind == .update ? gradient : input,
        is: kind == .update ? trace.newWeights[weight] : kind == .gradient ? gradient : first * input)
    }
  }

  private func writeActivation(to ledger: Ledger) {
    ledger.row("z, their sum", is: trace.sums[number], isSum: true)
    var function: StaticString = "a = z"
    switch trace.activation(focus) {
    case .tanh: function = "a = tanh z"
    case .relu: function = "a = max(0, z)"
    case .sigmoid: function = "a = 1 / (1 + e⁻ᶻ)"
    default: break
    }
    ledger.row(function, is: trace.values[number])
    ledger.note("Weights times inputs, plus the bias, is z. The activation turns z into the output a.")
  }

  private func writeLoss(to ledger: Ledger) {
    let output = trace.values[number]
    let target = trace.sample.target
    ledger.row("ŷ − y", 0, output, Text("−"), target, is: output - target)
    ledger.row("L = (ŷ − y)²", is: trace.loss, isSum: true)
    ledger.note("The output is the prediction ŷ. Its distance from the target y, squared, is the loss.")
  }

  private func writeDelta(to ledger: Ledger) {
    let a = trace.values[number]
    var mistake: StaticString?
    if isOutput {
      ledger.row("∂L/∂a = 2 (ŷ − y)", is: 2 * (a - trace.sample.target))
    } else {
      var sum: Float = 0
      let isOverwritten = trace.mistake == .overwriting && trace.sizes[focus.layer + 1] > 1
      for i in 0..<trace.sizes[focus.layer + 1] {
        let next = Node(layer: focus.layer + 1, index: i)
        let weight = trace.weights[trace.firstWeight(next) + focus.index]
        let delta = trace.deltas[trace.number(next)]
        ledger.row("w δ#", i, weight, Text("×"), delta, is: weight * delta)
        sum = isOverwritten ? weight * delta : sum + weight * delta
      }
      ledger.row(
        isOverwritten ? "∂L/∂a, the last" : "∂L/∂a, their sum", is: sum, isSum: true, isWarning: isOverwritten)
      mistake =
        isOverwritten ? "Mistake: = in the code where += belongs. The last path overwrites the others." : mistake
    }
    let slope = trace.slopes[number]
    var function: StaticString = "× f′(z)"
    switch trace.activation(focus) {
    case .tanh: function = "× f′(z) = 1 − a²"
    case .sigmoid: function = "× f′(z) = a (1 − a)"
    case .relu: function = a == 0 ? "× f′(z), as z ≤ 0" : "× f′(z), as z > 0"
    default: break
    }
    let isForgotten = trace.mistake == .slopes && !isOutput
    if isForgotten {
      function = "× f′(z), forgotten"
      mistake = "Mistake: the slope of the activation is missing from the product."
    }
    ledger.row(function, is: slope, isWarning: isForgotten)
    ledger.row("δ", is: trace.deltas[number], isSum: true)
    if let mistake {
      ledger.note(mistake, isWarning: true)
    } else if slope == 0 {
      ledger.note("Nothing to learn here: at this z the activation is flat, so its slope is 0.", isWarning: true)
    } else {
      ledger.note("How the loss changes with a, times the slope of the activation: how it changes with z.")
    }
  }

  private func writeResult(to ledger: Ledger) {
    let drop = trace.drop
    let predicted = trace.predictedDrop
    ledger.title("Result", Text("forward once more, with the new weights"))
    ledger.row("loss before", is: trace.loss)
    ledger.row("loss now", is: trace.newLoss)
    let longest = max(predicted, drop.magnitude)
    let scale = longest > 0 && longest < .infinity ? 1 / longest : 0
    ledger.row("predicted drop, η ‖∇L‖²", is: predicted, isSum: true)
    ledger.bar(predicted * scale)
    ledger.row("actual drop", is: drop)
    ledger.bar(drop * scale)
    if !trace.isBounded {
      ledger.note("The numbers grow without bounds. Lower the learning rate, then press Reset.", isWarning: true)
    } else if drop < 0 {
      ledger.note("The loss rose: the slope at the start didn't hold for such a long step.", isWarning: true)
    } else {
      ledger.note("η ‖∇L‖² is the learning rate times all squared gradients. It's right for small steps only.")
    }
  }

  private func write(_ comparison: BackpropagationTrace.Comparison, to ledger: Ledger) {
    let index = comparison.weight - firstWeight
    ledger.row(index == fanIn ? "∂L/∂b" : "∂L/∂w#", index, is: trace.gradients[comparison.weight])
    ledger.row("measured", is: comparison.measured)
    ledger.row("difference", is: comparison.difference, isSum: true, isWarning: comparison.isWrong)
    if !comparison.isWrong {
      ledger.note("Every weight and bias was moved up and down by 0.00001. This one differs most, and still agrees.")
    } else if trace.mistake == .none {
      ledger.note("A ReLU is at its corner, z = 0: its slope there depends on the side.", isWarning: true)
    } else {
      ledger.note("They should agree to four decimals. Somewhere on the way back there's a mistake.", isWarning: true)
    }
  }
}
