import ChainruleFigures
import Testing

/// The mistakes that can be switched on: what each spoils, what it leaves alone, and what the check says.
extension BackpropagationTests {
  private func agree(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) }
  }

  /// The same figure without a mistake.
  private func right(_ test: Case) -> BackpropagationTrace { make(test).trace }

  @Test(
    "without a mistake the check passes; forgotten slopes fail it, but not where all slopes are 1", arguments: cases)
  func forgottenSlopes(test: Case) {
    let figure = make(test)
    figure.set("mistake", 1)
    let trace = figure.trace
    let expected = right(test)
    // The output's own gradients don't depend on the slopes before it.
    let output = trace.sizes[trace.sizes.count - 2] + 1
    #expect(agree(trace.gradients.suffix(output), expected.gradients.suffix(output)))
    #expect(trace.loss == expected.loss && trace.values == expected.values)
    let isRight = agree(trace.gradients, expected.gradients)
    #expect(isRight || test.activation != 3)
    #expect(figure.words.hasSuffix(".") && figure.words.contains("Gradient check: off by ") == trace.check().isWrong)
    if isRight { #expect(!trace.check().isWrong) }
    if test.activation == 2 { #expect(trace.check().isWrong) }
    figure.set("mistake", 0)
    #expect(!figure.trace.check().isWrong && agree(figure.trace.gradients, expected.gradients))
    #expect(!figure.words.contains("Gradient check"))
  }

  @Test("what isn't set to zero is harmless in the first step, and adds up from the second on", arguments: 0..<4)
  func forgottenZeroing(activation: Int) {
    let figure = make(Case(first: 2, second: 2, activation: activation, seed: 4))
    figure.set("mistake", 2)
    #expect(!figure.isReached(1) && figure.words.hasSuffix("Gradient check: passes."))
    figure.set("step")
    #expect(figure.isReached(1) && figure.words.contains("Gradient check: off by "))
    let wrong = figure.trace
    figure.set("mistake", 0)
    let right = figure.trace
    #expect(right.network == wrong.network && !figure.isReached(1))
    #expect(agree(wrong.gradients, zip(right.gradients, wrong.before!.gradients).map { $0 + $1 }))
  }

  @Test("overwriting keeps the last path alone, and does no harm where no paths meet", arguments: cases)
  func overwriting(test: Case) {
    let figure = make(test)
    figure.set("mistake", 3)
    let trace = figure.trace
    let expected = right(test)
    if test.second < 2 {
      #expect(agree(trace.gradients, expected.gradients) && figure.isReached(2))
    } else {
      for j in 0..<test.first {
        let number = test.inputs + j
        let last = test.inputs + test.first + test.second - 1
        let weight = test.first * (test.inputs + 1) + (test.second - 1) * (test.first + 1) + j
        let delta = trace.weights[weight] * trace.deltas[last] * trace.slopes[number]
        #expect(agree([trace.deltas[number]], [delta]))
      }
      #expect(agree(Array(trace.deltas.suffix(test.second + 1)), Array(expected.deltas.suffix(test.second + 1))))
    }
    #expect(figure.isReached(2) == !trace.check().isWrong)
  }

  @Test("with a mistake, too, every line follows from the numbers shown, and fits", arguments: 1...3, [300, 390, 800])
  func mistakenLedger(mistake: Int, width: Int) throws {
    for activation in 0..<4 {
      let figure = make(Case(first: 3, second: 3, activation: activation, seed: 6))
      figure.set("mistake", Float(mistake))
      figure.set("step")
      let trace = figure.trace
      for index in trace.weights.indices {
        let new = trace.weights[index] - trace.sample.learningRate * trace.gradients[index]
        #expect(agree([trace.newWeights[index]], [new]))
      }
      var mistakes = 0
      for position in 0..<(try total(figure)) {
        figure.set("keyframe", Float(position))
        if figure.words.contains("Mistake: ") { mistakes += 1 }
        #expect(figure.drawn(width: Float(width)).problems == [])
        for row in try rows(figure) {
          guard let expected = try reckon(row) else { continue }
          #expect(abs(row.result - expected) <= 3e-4 * (1 + abs(row.result) + abs(expected)), "\(row)")
        }
      }
      // Slopes are missing in the hidden layers, leftovers are everywhere, and two paths meet in the first hidden layer.
      #expect(mistakes == [6, 7, 3][mistake - 1])
      figure.set("check")
      #expect(figure.words.contains("there's a mistake") == trace.check().isWrong)
    }
  }

  @Test("going a step back, the mistake that was made in it comes back")
  func mistakesBack() {
    let figure = make(Case(second: 2))
    figure.set("step")
    figure.set("mistake", 3)
    figure.handle(.key(.down, shift: false))
    #expect(figure.value("mistake") == 0 && figure.steps == 0)
  }

  @Test("five good steps are enough at a good rate, and none is needed to fail")
  func fiveSteps() {
    let figure = courseFigure("backpropagation")
    var reached: [Float] = []
    for rate in [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 2, 5] as [Float] {
      figure.set("reset")
      figure.set("learning-rate", rate)
      for _ in 0..<5 {
        figure.set("step")
        if figure.isReached(0) { reached.append(rate) }
      }
    }
    #expect(!reached.isEmpty && !reached.contains(0.01) && !reached.contains(0.1) && !reached.contains(5))
  }

  @Test("as it opens, two numbers are added at each perceptron of the first layer")
  func opening() throws {
    let figure = courseFigure("backpropagation") as! BackpropagationFigure
    #expect(figure.trace.sizes == [2, 2, 2, 1])
    // Both numbers count: neither is small beside the other.
    for (position, perceptron) in [(12, 2), (14, 1)] {
      figure.set("keyframe", Float(position))
      #expect(figure.words.contains("Backward: δ = ∂L/∂z, perceptron \(perceptron) of hidden layer 1."))
      let parts = try rows(figure).filter { $0.name.hasPrefix("w δ") }.map { abs($0.result) }
      #expect(parts.count == 2 && parts.min()! > parts.max()! / 4, "\(parts)")
    }
  }
}
