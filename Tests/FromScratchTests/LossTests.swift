import Foundation
import FromScratch
import Testing

@Suite struct LossTests {
  /// A net with one sigmoid perceptron, whose sum z is its input.
  static func logistic() -> MLP {
    var random = SplitMix64(seed: 1)
    var net = MLP(sizes: [1, 1], activations: [.sigmoid], loss: .negativeLogLikelihood, using: &random)
    net.layers[0].perceptrons[0].weights = [1]
    net.layers[0].perceptrons[0].bias = 0
    return net
  }

  @Test(arguments: [1000.0, -1000, 1e300, -1e300, 745, -745, 40, -40], [0.0, 1, 0.25])
  func theLikelihoodIsFiniteAtExtremeLogits(z: Double, y: Double) {
    var net = Self.logistic()
    net.forward([z])
    // That far out, the loss is |z| times the target's share of the wrong side, almost to the last bit.
    let wrong = z > 0 ? 1 - y : y
    #expect(abs(net.loss(targets: [y]) - wrong * abs(z)) <= 1e-15 * abs(z))
    net.backward(targets: [y])
    let derivative = net.layers[0].perceptrons[0].biasDerivative
    #expect(abs(derivative - (z > 0 ? 1 - y : -y)) < 1e-15)
    #expect(net.layers[0].perceptrons[0].weightDerivatives == [derivative * z])
  }

  /// The small loss of a certain and right answer isn't rounded away.
  @Test func theLikelihoodOfASureAnswerKeepsItsDigits() {
    var net = Self.logistic()
    net.forward([40])
    #expect(abs(net.loss(targets: [1]) / Foundation.exp(-40) - 1) < 1e-14)
    net.backward(targets: [1])
    #expect(abs(net.layers[0].perceptrons[0].biasDerivative / -Foundation.exp(-40) - 1) < 1e-14)
  }

  @Test func theLikelihoodAgreesWithItsFormula() {
    var net = Self.logistic()
    for z in stride(from: -8.0, through: 8, by: 0.125) {
      for y in [0, 0.3, 1] {
        let p = net.forward([z])[0]
        let formula = -y * log(p) - (1 - y) * log(1 - p)
        #expect(abs(net.loss(targets: [y]) - formula) < 1e-12)
      }
    }
  }

  @Test func squaredErrorIsTheSumOverTheOutputs() {
    var random = SplitMix64(seed: 1)
    var net = MLP(sizes: [1, 3], activations: [.linear], using: &random)
    for index in 0..<3 {
      net.layers[0].perceptrons[index].weights = [Double(index)]
      net.layers[0].perceptrons[index].bias = 0
    }
    #expect(net.forward([2]) == [0, 2, 4])
    #expect(net.loss(targets: [1, 1, 1]) == 1 + 1 + 9)
    net.backward(targets: [1, 1, 1])
    #expect(net.layers[0].perceptrons.map(\.biasDerivative) == [-2, 2, 6])
    #expect(net.layers[0].perceptrons.map(\.weightDerivatives) == [[-4], [4], [12]])
  }

  @Test func activationsAtPointsOneKnows() {
    #expect([-2, 0, 3].map(Activation.linear.value) == [-2, 0, 3])
    #expect([-2, 0, 3].map(Activation.relu.value) == [0, 0, 3])
    #expect([-2, 0, 3].map(Activation.leakyReLU().value) == [-0.02, 0, 3])
    #expect([-2, 0, 3].map(Activation.leakyReLU(slope: 0.5).value) == [-1, 0, 3])
    #expect([-2000, 0, 2000].map(Activation.sigmoid.value) == [0, 0.5, 1])
    #expect([-2000, 0, 2000].map(Activation.tanh.value) == [-1, 0, 1])
    #expect([-2, 0, 3].map(Activation.linear.derivative) == [1, 1, 1])
    #expect([-2, 0, 3].map(Activation.relu.derivative) == [0, 0, 1])
    #expect([-2, 0, 3].map(Activation.leakyReLU(slope: 0.5).derivative) == [0.5, 0.5, 1])
    #expect([-2000, 0, 2000].map(Activation.sigmoid.derivative) == [0, 0.25, 0])
    #expect([-2000, 0, 2000].map(Activation.tanh.derivative) == [0, 1, 0])
    // NaN propagates.
    for activation in GradientTests.activations { #expect(activation.value(at: .nan).isNaN) }
  }
}
