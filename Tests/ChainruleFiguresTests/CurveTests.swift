import ChainruleCore
import ChainruleFigures
import Testing

/// The figures that draw the curves of small networks.
struct CurveTests {
  private func number(_ text: Substring) -> Float { Float(text.replacing("−", with: "-"))! }

  @Test("between kinks a network of ReLUs is straight, and at each kink it bends as the words say", arguments: 0...60)
  func reluNetwork(seed: Int) throws {
    let figure = courseFigure("relu-network")
    figure.set("seed", Float(seed))
    let network = Network("1, 1 relu, 2 relu, 3 relu, 4, 1", initializer: .uniform(limit: 1.7), seed: UInt64(seed))
    #expect(network.fingerprint == figure.fingerprint)
    let count = try #require(Int(figure.words.firstMatch(of: /with (\d+) kink/)!.1))
    var kinks: [Float] = []
    func slope(_ x: Float) -> Float { (network.predict([x + 0.002])[0] - network.predict([x - 0.002])[0]) / 0.004 }
    for _ in 0..<count {
      figure.press(.right)
      let found = try #require(
        figure.words.firstMatch(
          of:
            /kink at x = (−?[\d.]+): ReLU (\d) of hidden layer (\d) switches (on|off), .* from (−?[\d.]+) to (−?[\d.]+)\./
        ))
      let x = number(found.1)
      kinks.append(x)
      let (layer, unit) = (Int(found.3)! - 1, Int(found.2)! - 1)
      #expect((network.values([x + 0.02])[layer][unit] > 0) == (found.4 == "on"))
      #expect((network.values([x - 0.02])[layer][unit] > 0) != (found.4 == "on"))
    }
    #expect(kinks == kinks.sorted())
    // The second difference of a straight piece is zero, and its slope is what the words of its kinks say.
    let edges = [-2] + kinks + [2]
    for (low, high) in zip(edges, edges.dropFirst()) where high - low > 0.05 {
      let (a, b) = (low + 0.011, high - 0.011)
      let y = network.predict([a, 0.5 * (a + b), b])
      #expect(abs(y[0] - 2 * y[1] + y[2]) < 0.01 * (1 + abs(y[0]) + abs(y[2])), "\(low) to \(high)")
    }
    for (index, kink) in kinks.enumerated() {
      figure.press(.escape)
      for _ in 0...index { figure.press(.right) }
      let words = try #require(figure.words.firstMatch(of: /from (−?[\d.]+) to (−?[\d.]+)\./))
      if kink - edges[index] > 0.05 { #expect(abs(slope(kink - 0.02) - number(words.1)) < 0.02) }
      if edges[index + 2] - kink > 0.05 { #expect(abs(slope(kink + 0.02) - number(words.2)) < 0.02) }
    }
  }

  @Test("the shares of the last ReLUs and of the biases add up to the curve", arguments: [28_219, 0, 3, 8_515])
  func shares(seed: Int) {
    let figure = courseFigure("relu-network")
    figure.set("seed", Float(seed))
    func curves() -> [[Point]] { figure.drawn().polylines.filter { $0.count > 100 } }
    #expect(curves().count == 1)
    #expect(figure.press(.character("h")))
    let (curve, shares) = (curves()[0], curves().dropFirst())
    #expect(shares.count == 4 && figure.words.contains("shares"))
    let plot = figure.drawn().clips[0]
    let zero = plot.y + plot.height / 2
    for i in curve.indices where shares.allSatisfy({ abs($0[i].y - zero) < 2 * plot.height }) {
      let sum = shares.reduce(0 as Float) { $0 + $1[i].y - zero }
      #expect(abs(sum - (curve[i].y - zero)) < 0.02)
    }
    #expect(figure.drawn(width: 300).problems.isEmpty)
  }

  @Test("a kink can be selected in the plot and by its ReLU, and stays selected when the finger is lifted")
  func askForAKink() throws {
    let figure = courseFigure("relu-network")
    figure.press(.right)
    let words = figure.words
    let kink = try #require(words.firstMatch(of: /kink at x = (−?[\d.]+): ReLU (\d) of hidden layer (\d)/))
    figure.press(.escape)
    let plot = figure.drawn().clips[0]
    let place = Point(plot.x + (number(kink.1) + 2) / 4 * plot.width, plot.y + 30)
    for phase in [.down, .up, .leave] as [PointerPhase] { #expect(!figure.pointer(phase, place)) }
    #expect(figure.words == words)
    figure.press(.escape)
    let first = [0, 1, 2, 4][Int(kink.3)!]
    let node = figure.drawn().circles[first + Int(kink.2)! - 1]
    figure.pointer(.hover, Point(node.x, node.y))
    #expect(figure.words.contains("ReLU \(kink.2) of hidden layer \(kink.3) "))
  }

  @Test("the curve of a perceptron is the engine's, and f′(z) times the weight is its slope", arguments: [0, 1, 2, 3])
  func activations(choice: Int) throws {
    let figure = courseFigure("relu")
    figure.set("activation", Float(choice))
    let activations: [Activation] = [.relu, .leakyReLU(slope: 0.1), .sigmoid, .tanh]
    var network = Network(try Schema(inputs: 1, layers: [.init(1, activations[choice])]))
    for (weight, bias) in [(1.2, -0.4), (-3, 0.5), (3, 2), (0.5, 0), (0, 0)] as [(Float, Float)] {
      figure.set("weight", weight)
      figure.set("bias", bias)
      network.setWeights([weight], ofLayer: 0)
      network.setBiases([bias], ofLayer: 0)
      let picture = figure.drawn()
      #expect(picture.problems.isEmpty)
      let curves = picture.polylines.filter { $0.count > 100 }
      #expect(curves.count == 2)
      let (plot, below) = (picture.clips[0], picture.clips[1])
      for (i, point) in curves[0].enumerated() {
        let x = -2 + 4 * Float(i) / Float(curves[0].count - 1)
        #expect(abs(-2 + 4 * (plot.y + plot.height - point.y) / plot.height - network.predict([x])[0]) < 0.001)
        // Next to a kink the difference looks over it.
        if choice < 2 && abs(weight * x + bias) < 0.02 { continue }
        let slopes = network.predict([x - 0.004, x + 0.004])
        let drawn = -0.1 + 1.25 * (below.y + below.height - curves[1][i].y) / below.height
        #expect(abs(weight * drawn - (slopes[1] - slopes[0]) / 0.008) < 0.004)
        #expect(curves[1][i].y > below.y && curves[1][i].y < below.y + below.height)
      }
    }
  }

  @Test("a tap or a drag moves the ball of gradient descent, a scrolling finger doesn't")
  func learningRate() throws {
    let figure = courseFigure("learning-rate")
    let plot = figure.drawn().clips[0]
    func place(_ x: Float, _ y: Float) -> Point {
      Point(plot.x + (x + 1.25) / 2.5 * plot.width, plot.y + (1.5 - y) / 1.62 * plot.height)
    }
    #expect(!figure.pointer(.down, place(0.5, 0.8)))
    figure.pointer(.cancel, place(0.5, 0.2))
    #expect(abs(figure.value("start") + 0.9) < 0.001)
    figure.click(place(0.5, 0.8))
    #expect(abs(figure.value("start") - 0.5) < 0.01)
    #expect(figure.pointer(.down, place(0.5, 0.25)))
    figure.pointer(.move, place(-1, 1))
    figure.pointer(.up, place(-1, 1))
    #expect(abs(figure.value("start") + 1) < 0.01)
    // The open ring shows where the next step leads.
    let ring = try #require(figure.drawn().circles.first { $0.radius == 5 })
    figure.set("step")
    let ball = try #require(figure.drawn().circles.first { $0.radius == 6.5 })
    #expect(abs(ring.x - ball.x) < 0.01 && abs(ring.y - ball.y) < 0.01)
  }

  @Test("the single perceptron that replaces five layers has the same line")
  func collapse() throws {
    let figure = courseFigure("linear-collapse")
    for seed in [73, 1, 2, 3] as [Float] {
      figure.set("seed", seed)
      let line = try #require(figure.words.firstMatch(of: /y = (−?[\d.]+) x ([−+]) ([\d.]+)/))
      let texts = figure.drawn().texts.map(\.words)
      #expect(texts.contains("weight \(line.1)"))
      #expect(texts.contains("bias \(line.2 == "−" ? "−" : "")\(line.3)"))
      #expect(texts.contains("36 parameters") && texts.contains("2 parameters"))
    }
    // A finger selects, and the selection stays when it's lifted.
    let plot = figure.drawn().clips[0]
    let middle = Point(plot.x + plot.width / 2, plot.y + plot.height / 2)
    for phase in [.down, .up, .leave] as [PointerPhase] { figure.pointer(phase, middle) }
    #expect(figure.words.contains("At x = 0.00 the network gives "))
    #expect(figure.drawn(width: 300).problems.isEmpty)
    figure.press(.escape)
    #expect(!figure.words.contains("At x"))
  }
}
