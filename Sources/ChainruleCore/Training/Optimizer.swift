/// How gradients become new weights.
///
/// `sgd` with a rate found by trial is the simplest; `adam` needs the least care and is what to start with; `lbfgs` is best
/// for small tables and small networks, all samples at once.
///
/// ```swift
/// var optimizer = Optimizer.adam(learningRate: 0.002)
/// optimizer.clipping = .norm(1)
/// ```
///
/// An optimizer can hold any number, and its properties can be set at any time. Training checks them, and throws
/// ``TrainingError/outOfRange(_:found:)``:
///
/// | setting | range |
/// |---|---|
/// | learning rates | 0 to 10¹⁰; a rate of 0 changes nothing, as at the end of many schedules |
/// | weight decay | 0 or more; multiplied by the learning rate, at most 1 |
/// | momentum, decay, betas | `0..<1` |
/// | epsilon | 10⁻³⁰ to 10¹⁰ |
/// | clipping limit | above 0 |
/// | history of L-BFGS | 1 or more |
public struct Optimizer: Equatable, Sendable {
  /// The rule, with its own settings.
  public enum Method: Equatable, Sendable {
    /// Straight downhill.
    case sgd
    /// Downhill with a running sum of past gradients, of which `decay` stays each step.
    case momentum(decay: Double, isNesterov: Bool)
    /// Divided by the root of the sum of all squares; `epsilon` keeps the divisor from zero, here and below.
    case adagrad(epsilon: Float)
    /// Divided by the running root mean square, multiplied by that of past steps.
    case adadelta(decay: Double, epsilon: Float)
    /// Divided by the running root mean square, or by the running deviation.
    case rmsProp(decay: Double, epsilon: Float, isCentered: Bool)
    /// The running mean of gradients over the root of that of squares; the betas say how much of each stays.
    case adam(beta1: Double, beta2: Double, epsilon: Float, variant: AdamVariant)
    /// The running mean over the running maximum.
    case adaMax(beta1: Double, beta2: Double, epsilon: Float)
    /// The sign of a running mean.
    case lion(beta1: Double, beta2: Double)
    /// A quasi-Newton method that remembers so many steps.
    case lbfgs(history: Int)
  }

  /// What a descendant of Adam does otherwise.
  public enum AdamVariant: Equatable, Sendable {
    /// Nothing.
    case plain
    /// Divides by the largest root mean square so far.
    case amsGrad
    /// Divides only when there are enough steps for the root mean square to be trusted.
    case rAdam
    /// Looks ahead as Nesterov's momentum does.
    case nAdam(momentumDecay: Double)
  }

  /// What is done to gradients that are too large.
  public enum Clipping: Equatable, Sendable {
    /// Nothing.
    case none
    /// Each value is brought into −limit…limit.
    case value(Float)
    /// All are multiplied by one factor, so that the length of the whole gradient is at most this (Pascanu, Mikolov and
    /// Bengio 2013): the direction stays.
    case norm(Float)
  }

  /// The rule.
  public var method: Method
  /// How far to go in one step.
  public var learningRate: Float
  /// The learning rate of biases.
  public var biasLearningRate: Float
  /// λ of the decoupled weight decay, w ← w − rate · λ · w beside the step itself (Loshchilov and Hutter 2019). Biases and
  /// normalizations do not decay.
  public var weightDecay: Float
  /// What is done to gradients that are too large, before the rule sees them.
  public var clipping = Clipping.none

  /// Creates an optimizer from its parts; the static functions are shorter.
  public init(_ method: Method, learningRate: Float, biasLearningRate: Float? = nil, weightDecay: Float = 0) {
    self.method = method
    self.learningRate = learningRate
    self.biasLearningRate = biasLearningRate ?? learningRate
    self.weightDecay = weightDecay
  }

  /// Stochastic gradient descent: parameter −= rate · gradient. Default rate: 0.01. To learn from, and where every step should
  /// be explained; needs a rate found by trial.
  public static func sgd(learningRate: Float = 0.01, biasLearningRate: Float? = nil) -> Optimizer {
    Optimizer(.sgd, learningRate: learningRate, biasLearningRate: biasLearningRate)
  }

  /// Descent with momentum: each step keeps a part of the last one (Polyak 1964). Defaults: rate 0.01, momentum 0.9. For long narrow
  /// valleys, in which plain descent goes from side to side; with a schedule the classic choice for large data.
  public static func momentum(learningRate: Float = 0.01, momentum: Double = 0.9) -> Optimizer {
    Optimizer(.momentum(decay: momentum, isNesterov: false), learningRate: learningRate)
  }

  /// Momentum that looks ahead (Nesterov 1983, in the form of Sutskever et al. 2013). Defaults: rate 0.01, momentum 0.9.
  /// Where momentum overshoots.
  public static func nesterov(learningRate: Float = 0.01, momentum: Double = 0.9) -> Optimizer {
    Optimizer(.momentum(decay: momentum, isNesterov: true), learningRate: learningRate)
  }

  /// A rate for each parameter that shrinks with the squares it has seen; for sparse inputs (Duchi, Hazan and Singer 2011).
  public static func adagrad(learningRate: Float = 0.01, epsilon: Float = 1e-10) -> Optimizer {
    Optimizer(.adagrad(epsilon: epsilon), learningRate: learningRate)
  }

  /// Steps in the parameter's own units, with no rate to choose but 1 (Zeiler 2012).
  public static func adadelta(learningRate: Float = 1, decay: Double = 0.9, epsilon: Float = 1e-6) -> Optimizer {
    Optimizer(.adadelta(decay: decay, epsilon: epsilon), learningRate: learningRate)
  }

  /// Gradients divided by their running root mean square (Tieleman and Hinton 2012); `isCentered` subtracts the mean.
  /// For gradients whose size changes as training goes on.
  public static func rmsProp(
    learningRate: Float = 0.01, decay: Double = 0.99, epsilon: Float = 1e-8, isCentered: Bool = false
  ) -> Optimizer {
    Optimizer(.rmsProp(decay: decay, epsilon: epsilon, isCentered: isCentered), learningRate: learningRate)
  }

  /// Momentum over the running root mean square, both corrected for their start (Kingma and Ba 2015). Default
  /// rate: 0.001. The one to start with.
  public static func adam(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: .plain), learningRate: learningRate)
  }

  /// Adam with decoupled weight decay (Loshchilov and Hutter 2019). Default decay: 0.01. Where weights should stay small:
  /// Adam would scale an L2 penalty's gradient away.
  public static func adamW(
    learningRate: Float = 0.001, weightDecay: Float = 0.01, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Float = 1e-8
  ) -> Optimizer {
    var optimizer = adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    optimizer.weightDecay = weightDecay
    return optimizer
  }

  /// Adam with the largest gradient instead of the root mean square (Kingma and Ba 2015, section 7.1). For
  /// gradients with rare large values. Default rate: 0.002.
  public static func adaMax(
    learningRate: Float = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adaMax(beta1: beta1, beta2: beta2, epsilon: epsilon), learningRate: learningRate)
  }

  /// Adam whose rates never grow again (Reddi, Kale and Kumar 2018). If Adam does not settle down.
  public static func amsGrad(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: .amsGrad), learningRate: learningRate)
  }

  /// Adam with Nesterov's momentum (Dozat 2016), the momentum warming up by `momentumDecay`. Often a little
  /// faster than Adam. Default rate: 0.002.
  public static func nAdam(
    learningRate: Float = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8,
    momentumDecay: Double = 0.004
  ) -> Optimizer {
    let variant = AdamVariant.nAdam(momentumDecay: momentumDecay)
    return Optimizer(
      .adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: variant), learningRate: learningRate)
  }

  /// Adam that waits until its root mean square can be trusted (Liu et al. 2020): needs no warm-up.
  public static func rAdam(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: .rAdam), learningRate: learningRate)
  }

  /// Steps of one size in the direction of the sign of a momentum (Chen et al. 2023). Take a rate a third to a tenth of
  /// Adam's, and a larger weight decay.
  public static func lion(
    learningRate: Float = 0.0001, weightDecay: Float = 0, beta1: Double = 0.9, beta2: Double = 0.99
  ) -> Optimizer {
    Optimizer(.lion(beta1: beta1, beta2: beta2), learningRate: learningRate, weightDecay: weightDecay)
  }

  /// The quasi-Newton method L-BFGS (Nocedal 1980) over all samples at once, with a line search that meets the strong Wolfe
  /// conditions: one epoch is one iteration. It has no rate, and needs a loss without chance: no dropout, no batch
  /// normalization. Schedules, clipping, weight decay and a maximum norm are refused; the penalties are not.
  public static func lbfgs(history: Int = 10) -> Optimizer {
    Optimizer(.lbfgs(history: history), learningRate: 1)
  }

  /// Every optimizer by name, with its defaults.
  static var named: [(name: String, optimizer: Optimizer)] {
    [
      ("sgd", .sgd()), ("momentum", .momentum()), ("nesterov", .nesterov()), ("adagrad", .adagrad()),
      ("adadelta", .adadelta()), ("rmsprop", .rmsProp()), ("centered-rmsprop", .rmsProp(isCentered: true)),
      ("adam", .adam()), ("adamw", .adamW()), ("adamax", .adaMax()), ("amsgrad", .amsGrad()), ("nadam", .nAdam()),
      ("radam", .rAdam()), ("lion", .lion()), ("lbfgs", .lbfgs()),
    ]
  }

  /// How many numbers it keeps for each parameter.
  var momentCount: Int {
    switch method {
    case .sgd, .lbfgs: 0
    case .momentum, .adagrad, .lion, .rmsProp(_, _, isCentered: false): 1
    case .adadelta, .rmsProp, .adaMax: 2
    case .adam(_, _, _, let variant): variant == .amsGrad ? 3 : 2
    }
  }

  /// Whether the numbers of a kind (the first is 0) are means of squares, or maxima: 0 or more.
  func keepsSquares(in kind: Int) -> Bool {
    switch method {
    case .sgd, .lbfgs, .momentum, .lion: false
    case .adagrad, .adadelta: true
    case .rmsProp(_, _, let isCentered): !isCentered || kind == 0
    case .adam, .adaMax: kind > 0
    }
  }

  /// Whether it works on all samples at once.
  var isFullBatch: Bool {
    if case .lbfgs = method { true } else { false }
  }

  /// The same optimizer with both rates multiplied.
  func scaled(by factor: Double) -> Optimizer {
    var scaled = self
    scaled.learningRate = Float(Double(learningRate) * factor)
    scaled.biasLearningRate = Float(Double(biasLearningRate) * factor)
    return scaled
  }
}

#if !hasFeature(Embedded)
  extension Optimizer {
    /// The names by which ``init(name:)`` knows the optimizers.
    public static var names: [String] { named.map(\.name) }

    /// The name of the rule, as ``init(name:)`` knows it, whatever its settings.
    public var name: String {
      switch method {
      case .sgd: "sgd"
      case .momentum(_, let isNesterov): isNesterov ? "nesterov" : "momentum"
      case .adagrad: "adagrad"
      case .adadelta: "adadelta"
      case .rmsProp(_, _, let isCentered): isCentered ? "centered-rmsprop" : "rmsprop"
      case .adam(_, _, _, .plain): weightDecay == 0 ? "adam" : "adamw"
      case .adam(_, _, _, .amsGrad): "amsgrad"
      case .adam(_, _, _, .rAdam): "radam"
      case .adam(_, _, _, .nAdam): "nadam"
      case .adaMax: "adamax"
      case .lion: "lion"
      case .lbfgs: "lbfgs"
      }
    }

    /// The optimizer of that name with its default settings; `nil` if there is none.
    public init?(name: String) {
      guard let found = Optimizer.named.first(where: { $0.name == name }) else { return nil }
      self = found.optimizer
    }
  }
#endif
