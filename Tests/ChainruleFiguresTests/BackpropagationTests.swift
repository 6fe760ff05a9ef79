import ChainruleCore
import ChainruleFigures
import Testing

/// Backpropagation, step by step: every number in it is the engine's, and each line of its ledger is right.
struct BackpropagationTests {
  /// A network's shape and activations, and the seed of its weights.
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs = 2
    var first = 2
    var second = 0
    var activation = 0
    var sigmoidOutput = false
    var seed = 1

    var testDescription: String {
      "\(inputs)-\(first)-\(second)-1, activation \(activation)\(sigmoidOutput ? ", sigmoid output" : ""), seed \(seed)"
    }
  }

  /// Every shape with every activation.
  static let cases: [Case] = (0..<4).flatMap { activation in
    (1...2).flatMap { inputs in
      (1...3).flatMap { first in
        (0...3).map { second in
          Case(
            inputs: inputs, first: first, second: second, activation: activation,
            sigmoidOutput: (first + second) % 2 == 0, seed: 10 * first + second)
        }
      }
    }
  }

  func make(_ test: Case = Case()) -> BackpropagationFigure {
    let figure = FigureCatalogue.make(named: Array("backpropagation".utf8)) as! BackpropagationFigure
    figure.set("inputs", Float(test.inputs))
    figure.set("hidden-1", Float(test.first))
    figure.set("hidden-2", Float(test.second))
    figure.set("activation", Float(test.activation))
    figure.set("sigmoid-output", test.sigmoidOutput ? 1 : 0)
    figure.set("seed", Float(test.seed))
    return figure
  }

  private func agree(_ a: Float, _ b: Double, _ tolerance: Double = 1e-5) -> Bool {
    abs(Double(a) - b) <= tolerance * max(1, abs(b))
  }

  @Test("the step is the engine's, and its gradients match finite differences", arguments: cases)
  func step(test: Case) throws {
    let trace = make(test).trace
    let schema = trace.network.schema
    #expect(trace.sizes == [test.inputs, test.first] + (test.second > 0 ? [test.second] : []) + [1])
    #expect(
      schema.layers.dropLast().allSatisfy { $0.activation == [.tanh, .relu, .sigmoid, .linear][test.activation] })
    #expect(schema.layers.last?.activation == (test.sigmoidOutput ? .sigmoid : .linear))
    let data = Dataset(
      inputs: trace.sample.inputs, targets: [trace.sample.target], inputCount: test.inputs, targetCount: 1)
    let step = TrainingStep(schema: schema, loss: .squaredError, batchCapacity: 1)
    var network = trace.network
    let loss = try step.train(
      &network, inputs: data.inputs, targets: data.targets, rows: 1,
      optimizer: .sgd(learningRate: trace.sample.learningRate))
    #expect(network == trace.newNetwork && loss == trace.loss)
    #expect(trace.values == data.inputs + trace.network.values(data.inputs).flatMap { $0 })
    #expect(trace.newValues == data.inputs + network.values(data.inputs).flatMap { $0 })
    #expect(try abs(trace.newLoss - network.meanLoss(.squaredError, on: data)) <= 1e-6 * max(1, trace.newLoss))

    let check = try GradientCheck(of: trace.network, on: data, loss: .squaredError)
    var squares = 0.0
    var place = 0
    var number = test.inputs
    for layer in schema.layers.indices {
      let inputs = trace.sizes[layer]
      let weights = trace.network.weights(ofLayer: layer)
      let firstInput = number - inputs
      for index in 0..<trace.sizes[layer + 1] {
        var sum = 0.0
        for i in 0...inputs {
          let isBias = i == inputs
          let weight = isBias ? trace.network.biases(ofLayer: layer)[index] : weights[index * inputs + i]
          let after =
            isBias
            ? network.biases(ofLayer: layer)[index] : network.weights(ofLayer: layer)[index * inputs + i]
          let input = isBias ? 1 : Double(trace.values[firstInput + i])
          let measured = check.layers[layer].measured[isBias ? weights.count + index : index * inputs + i]
          #expect(trace.weights[place] == weight && trace.newWeights[place] == after)
          #expect(agree(trace.gradients[place], measured))
          #expect(agree(trace.gradients[place], Double(trace.deltas[number]) * input))
          sum += Double(weight) * input
          squares += measured * measured
          place += 1
        }
        #expect(agree(trace.sums[number], sum))
        number += 1
      }
    }
    #expect(place == trace.weights.count && number == trace.values.count)
    #expect(agree(trace.squaredGradient, squares))
    #expect(trace.predictedDrop == trace.sample.learningRate * trace.squaredGradient)
    #expect(trace.drop == trace.loss - trace.newLoss)

    // The figure's own check, with other code, gives the same.
    let worst = trace.check()
    #expect(worst.difference < 1e-5 * (1 + worst.measured.magnitude) && worst.difference >= 0)
    #expect(agree(trace.gradients[worst.weight], Double(worst.measured)))
  }

  @Test("every line of every calculation is right, and follows from the ones before", arguments: cases)
  func ledger(test: Case) throws {
    let figure = make(test)
    let trace = figure.trace
    let perceptrons = trace.values.count - test.inputs
    #expect(try total(figure) == 4 * perceptrons + 2)
    var seen: [String] = []
    for position in 0..<(4 * perceptrons + 2) {
      figure.set("keyframe", Float(position))
      let text = figure.words
      #expect(text.hasPrefix("Step 1, calculation \(position + 1) of \(4 * perceptrons + 2). "))
      #expect(figure.drawn(width: 300).problems == [])
      #expect(figure.drawn().problems == [])
      let rows = try rows(figure)
      #expect(rows.count >= 2)
      // Written numbers are off by half of their fourth decimal, and so are their products.
      func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 3e-4 * (1 + abs(a) + abs(b)) }
      for row in rows {
        if let expected = try reckon(row) { #expect(near(row.result, expected), "\(row)") }
      }
      if text.contains("Forward: ") {
        let number = test.inputs + position
        let sum = rows.dropLast(2).reduce(0) { $0 + $1.result }
        #expect(near(sum, rows[rows.count - 2].result) && near(sum, Double(trace.sums[number])))
        #expect(near(rows[rows.count - 1].result, Double(trace.values[number])))
      } else if text.contains("Loss: ") {
        #expect(position == perceptrons)
        #expect(near(rows[0].result * rows[0].result, rows[1].result) && near(rows[1].result, Double(trace.loss)))
      } else if text.contains("Backward: δ") {
        let number = trace.values.count - 1 - (position - perceptrons - 1) / 2
        let (upstream, slope, delta) = (rows[rows.count - 3], rows[rows.count - 2], rows[rows.count - 1])
        #expect(delta.name == "δ" && near(delta.result, Double(trace.deltas[number])))
        #expect(near(upstream.result * slope.result, delta.result))
        if rows.count > 3 { #expect(near(rows.dropLast(3).reduce(0) { $0 + $1.result }, upstream.result)) }
      } else if text.contains("Result, ") {
        #expect(rows.map(\.name) == ["loss before", "loss now", "predicted drop, η ‖∇L‖²", "actual drop"])
        for (row, value) in zip(rows, [trace.loss, trace.newLoss, trace.predictedDrop, trace.drop]) {
          #expect(near(row.result, Double(value)))
        }
      } else {
        #expect(text.contains("Backward: gradients ∂L/∂w") || text.contains("Update: "))
        #expect(rows.last?.name == "b" && rows.first?.name == "w₁")
      }
      seen.append(text)
    }
    #expect(Set(seen).count == seen.count)
  }

  @Test("each panel shows the numbers in the words")
  func panel() throws {
    let figure = make()
    for position in 0..<14 {
      figure.set("keyframe", Float(position))
      let shown = figure.drawn().texts.map(\.words)
      for row in try rows(figure) {
        for number in row.middle { #expect(shown.contains(String(number)) || shown.contains { $0.contains(number) }) }
      }
    }
  }

  @Test("unknown values aren't drawn")
  func knownSoFar() {
    let figure = make()
    let trace = figure.trace
    func count(_ prefix: String) -> Int {
      figure.drawn().texts.count { $0.words.hasPrefix(prefix) && $0.words.count < 9 }
    }
    for (position, deltas) in [(0, 0), (3, 0), (4, 1), (5, 1), (6, 2), (9, 3), (12, 3), (13, 0)] {
      figure.set("keyframe", Float(position))
      #expect(count("δ ") == deltas)
    }
    // Values inside the circles: two inputs, then one perceptron after another.
    for position in 0..<4 {
      figure.set("keyframe", Float(position))
      let picture = figure.drawn()
      let filled = picture.circles.count { circle in
        picture.texts.contains { abs($0.x - circle.x) < 0.1 && abs($0.y - circle.y - 4.5) < 0.1 }
      }
      #expect(filled == min(3 + position, 5))
    }
    #expect(trace.values.count == 5)
  }

  @Test("back restores earlier states, across steps and changed samples")
  func backAndForth() throws {
    let figure = make(Case(first: 3, second: 2, activation: 2))
    var seen: [String] = []
    var weights: [Network] = []
    let total = try total(figure)
    for step in 0..<3 {
      if step == 2 {
        figure.set("input-1", -0.7)
        figure.set("target", -0.25)
        figure.set("learning-rate", 0.5)
      }
      for _ in 0..<total {
        seen.append(figure.words)
        weights.append(figure.trace.network)
        figure.set("next")
      }
    }
    #expect(figure.steps == 3 && figure.trace.before != nil)
    // The sample that was changed at the beginning of the third step belongs only to that step.
    for index in seen.indices.reversed() {
      figure.set("back")
      #expect(figure.words == seen[index])
      #expect(figure.trace.network == weights[index])
      #expect(abs(figure.value("target") - (index >= 2 * total ? -0.25 : 0.8)) < 1e-6)
    }
    #expect(figure.steps == 0 && figure.trace.before == nil)
    figure.set("back")
    #expect(figure.words == seen[0])
  }

  @Test("whole steps keep their calculation, and the loss falls", arguments: 0..<4)
  func training(activation: Int) throws {
    let figure = make(Case(first: 3, activation: activation, seed: 3))
    figure.set("keyframe", 15)
    let start = figure.words
    var losses = [figure.trace.loss]
    for step in 1...60 {
      #expect(figure.handle(.key(.up, shift: false)))
      losses.append(figure.trace.loss)
      #expect(figure.steps == step && figure.words.hasPrefix("Step \(step + 1), calculation 16 of 18."))
      #expect(
        figure.trace.before?.newLoss == figure.trace.loss
          || abs(figure.trace.loss - figure.trace.before!.newLoss) < 1e-6)
    }
    #expect(losses.last! < 0.01 * losses[0])
    for _ in 0..<60 { figure.handle(.key(.down, shift: false)) }
    #expect(figure.words == start && figure.trace.loss == losses[0])
    figure.set("keyframe", 17)
    #expect(figure.steps == 1 && figure.loss == figure.trace.newLoss)
    figure.set("reset")
    #expect(figure.steps == 0 && figure.words.hasPrefix("Step 1, calculation 1 of 18."))
  }

  @Test("the shorter the step, the better the gradient predicts the drop", arguments: 1...20)
  func prediction(seed: Int) {
    let figure = make(Case(seed: seed))
    var errors: [Float] = []
    for rate in [0.04, 0.02, 0.01] as [Float] {
      figure.set("learning-rate", rate)
      errors.append(abs(figure.trace.drop / figure.trace.predictedDrop - 1))
    }
    #expect(errors[2] < 0.1 && errors[2] < errors[1] && errors[1] < errors[0])
  }

  @Test("a ReLU that is off learns nothing, and says so")
  func dead() throws {
    let figure = make(Case(activation: 1))
    let trace = figure.trace
    let number = try #require(trace.sums.indices.first { $0 >= 2 && trace.sums[$0] < 0 })
    #expect(trace.deltas[number] == 0 && trace.values[number] == 0)
    // δ, the gradients and the update of that perceptron.
    for position in [3 + 1 + 2 * (4 - number), 3 + 2 + 2 * (4 - number), 3 * 3 + 1 + number - 2] {
      figure.set("keyframe", Float(position))
      #expect(figure.words.contains("Nothing to learn here"))
      let picture = figure.drawn()
      #expect(picture.texts.contains { $0.words == "δ 0" && $0.role == .warning })
      #expect(picture.texts.contains { $0.words.hasPrefix("Nothing to learn here") && $0.role == .warning })
    }
    figure.set("activation", 0)
    #expect(!figure.words.contains("Nothing to learn here"))
  }

  @Test("a sample that can be learned, and one that can't")
  func zeroGradient() {
    let figure = make(Case(inputs: 1, first: 1, activation: 1))
    // Find a perceptron that is off: then only the output's bias learns.
    let seed = (1...50).first { seed in
      figure.set("seed", Float(seed))
      return figure.trace.deltas[1] == 0
    }
    #expect(seed != nil)
    figure.set("learning-rate", 0.5)
    figure.set("step")
    // If only its bias learns, with a rate of ½, the output is right after one step.
    #expect(figure.trace.loss < 1e-10)
    figure.set("keyframe", 9)
    #expect(figure.drawn(width: 300).problems == [])
  }

  @Test("a rate that's too high gets a message, and no further step is possible", arguments: 0..<4)
  func tooHigh(activation: Int) {
    let figure = make(Case(first: 3, second: 3, activation: activation, seed: 5))
    figure.set("learning-rate", 5)
    figure.set("keyframe", 29)
    var rose = false
    for _ in 0..<60 {
      if figure.words.contains("The loss rose") { rose = true }
      figure.set("step")
      #expect(figure.drawn(width: 300).problems == [])
    }
    #expect(rose)
    if activation == 3 {
      #expect(figure.words.contains("The numbers grow without bounds"))
      let steps = figure.steps
      #expect(steps < 60)
      for _ in 0..<3 { figure.set("next") }
      #expect(figure.steps == steps)
    }
    for name in ["input-1", "input-2", "target"] {
      figure.set(name, -1)
      #expect(figure.drawn(width: 300).problems.isEmpty && !figure.words.contains("nan"))
    }
    figure.set("reset")
    #expect(figure.steps == 0)
  }

  @Test("the gradient check says what it measured, and disappears with the next action", arguments: cases)
  func gradientCheck(test: Case) throws {
    let figure = make(test)
    let before = figure.words
    #expect(figure.handle(.key(.character("g"), shift: false)))
    #expect(figure.words.contains("Gradient check") && figure.words.contains("Every weight and bias"))
    let rows = try rows(figure)
    let worst = figure.trace.check()
    #expect(abs(rows[0].result - Double(figure.trace.gradients[worst.weight])) < 6e-5 * max(1, abs(rows[0].result)))
    #expect(abs(rows[1].result - Double(worst.measured)) < 6e-5 * max(1, abs(rows[1].result)))
    #expect(rows[2].name == "difference" && rows[2].result < 1e-4)
    #expect(figure.drawn(width: 300).problems == [])
    figure.set("check")
    #expect(figure.words == before)
    figure.set("check")
    figure.set("target", 0.1)
    #expect(!figure.words.contains("Gradient check"))
  }

  @Test("a ReLU at its corner has two slopes, and the check says so")
  func corner() {
    let figure = make(Case(inputs: 1, first: 1, activation: 1))
    figure.set("input-1", 0)
    let found = (0...3000).first { seed in
      figure.set("seed", Float(seed))
      return figure.trace.sums[1] == 0 && figure.trace.weights[2] != 0
    }
    #expect(found != nil)
    figure.set("check")
    #expect(figure.words.contains("A ReLU is at its corner"))
  }
}
