import ChainruleFigures
import Testing

/// Backpropagation, controlled by pointer and keys.
extension BackpropagationTests {
  @Test("the row can be pressed and dragged, and a perceptron pressed")
  func pointer() throws {
    let figure = make()
    let picture = figure.drawn()
    // Fourteen bars from 12 to 788.
    func place(_ index: Int) -> Point { Point(12 + 776 / 14 * (Float(index) + 0.5), 20) }
    #expect(figure.handle(.pointer(.down, at: place(5), shift: false)))
    #expect(figure.words.contains("calculation 6 of 14"))
    #expect(figure.handle(.pointer(.move, at: place(9), shift: false)))
    #expect(figure.words.contains("calculation 10 of 14"))
    #expect(figure.handle(.pointer(.move, at: Point(2000, 300), shift: false)))
    #expect(figure.words.contains("calculation 14 of 14"))
    #expect(figure.handle(.pointer(.move, at: Point(-50, 300), shift: false)))
    #expect(figure.words.contains("calculation 1 of 14"))
    figure.handle(.pointer(.up, at: place(0), shift: false))
    #expect(!figure.handle(.pointer(.move, at: place(7), shift: false)))
    #expect(figure.words.contains("calculation 1 of 14"))

    // Circles: two inputs, two hidden perceptrons, the output. Each shows its own calculation of the kind in view.
    let circles = picture.circles.filter { $0.radius > 10 }
    #expect(circles.count == 5)
    for (position, expected) in [(0, 2), (3, 2), (4, 7), (5, 8), (10, 12), (13, 12)] {
      figure.set("keyframe", Float(position))
      let node = circles[3]
      #expect(figure.handle(.pointer(.down, at: Point(node.x, node.y), shift: false)))
      figure.handle(.pointer(.up, at: Point(node.x, node.y), shift: false))
      #expect(figure.words.contains("calculation \(expected) of 14"), "\(position)")
      #expect(figure.words.contains("perceptron 2 of hidden layer 1"))
    }
    #expect(!figure.handle(.pointer(.down, at: Point(circles[0].x, circles[0].y), shift: false)))
  }

  @Test("keys move between calculations and phases")
  func keys() {
    let figure = make()
    func press(_ key: Key, shift: Bool = false) -> String {
      #expect(figure.handle(.key(key, shift: shift)))
      return figure.words
    }
    #expect(press(.right).contains("calculation 2 of"))
    #expect(press(.left).contains("calculation 1 of"))
    #expect(press(.right, shift: true).contains("Loss: "))
    #expect(press(.right, shift: true).contains("calculation 5 of 14. Backward: δ"))
    #expect(press(.right, shift: true).contains("calculation 11 of 14. Update"))
    #expect(press(.left, shift: true).contains("calculation 5 of 14"))
    #expect(press(.character("s")).hasPrefix("Step 2, calculation 5 of 14"))
    #expect(press(.character("r")).hasPrefix("Step 1, calculation 1 of 14"))
    let before = figure.trace.network
    #expect(press(.character("w")).hasPrefix("Step 1") && figure.trace.network != before)
  }

  @Test("play runs one step and stops; playing again runs the next")
  func playing() {
    let figure = make()
    #expect(!figure.isRunning)
    figure.set("play")
    var texts: Set<String> = []
    for _ in 0..<6000 where figure.isRunning {
      figure.advance(by: 1.0 / 60)
      texts.insert(figure.words)
    }
    #expect(!figure.isRunning && texts.count == 14 && figure.value("play") == 0)
    #expect(figure.words.hasPrefix("Step 1, calculation 14 of 14"))
    figure.set("play")
    #expect(figure.words.hasPrefix("Step 2, calculation 1 of 14"))
    figure.set("play", 0)
    // In the next calculation, a pulse runs along its connections and stops.
    figure.set("next")
    #expect(figure.isRunning && figure.drawn().circles.count { $0.radius == 5 } == 2)
    for _ in 0..<60 { figure.advance(by: 1.0 / 60) }
    #expect(!figure.isRunning && figure.drawn().circles.count { $0.radius == 5 } == 0)
  }

  @Test("weights start with two decimals, and a changed sample is recomputed at once")
  func sample() throws {
    let figure = make(Case(inputs: 1, first: 3, second: 2))
    for weight in figure.trace.weights {
      #expect(abs(weight * 100 - (weight * 100).rounded()) < 1e-3 && abs(weight) <= 1)
    }
    #expect(!figure.isAvailable("input-2"))
    figure.set("keyframe", 6)
    let network = figure.trace.network
    figure.set("target", -0.3)
    #expect(figure.trace.sample.target == -0.3 && figure.trace.network == network)
    #expect(figure.words.contains("calculation 7 of") && figure.words.contains(" − −0.3000 = "))
    figure.set("inputs", 2)
    #expect(figure.isAvailable("input-2") && figure.steps == 0)
  }
}
