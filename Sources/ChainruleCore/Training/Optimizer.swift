/// How gradients become new weights.
///
/// Start with `adam`, which needs the least tuning. `sgd` is the simplest, but its rate must be found by trial.
/// `lbfgs`, which uses all samples at once, is best for small tables and small networks.
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
/// | learning rates | 0 to 10¹⁰; a rate of 0, as at the end of many schedules, changes nothing |
/// | weight decay | 0 or more; multiplied by the learning rate, at most 1 |
/// | momentum, decay, betas | `0..<1` |
/// | epsilon | 10⁻³⁰ to 10¹⁰ |
/// | clipping limit | above 0 |
/// | history of L-BFGS | 1 or more |
public struct Optimizer: Equatable, Sendable {
  /// The rule, with its own settings.
  public enum Method: Equatable, Sendable {
    /// Gradient descent.
    case sgd
    /// Gradient descent along a running sum of past gradients, which is multiplied by `decay` in each step.
    case momentum(decay: Double, isNesterov: Bool)
    /// Gradients divided by the root of the sum of all their squares. Here and below, `epsilon` keeps the divisor above
    /// zero.
    case adagrad(epsilon: Float)
    /// Gradients divided by their running root mean square, and multiplied by that of past steps.
    case adadelta(decay: Double, epsilon: Float)
    /// Gradients divided by their running root mean square, or by their running standard deviation.
    case rmsProp(decay: Double, epsilon: Float, isCentered: Bool)
    /// The running mean of the gradients divided by the root of the running mean of their squares. The betas are the
    /// decays of the two means.
    case adam(beta1: Double, beta2: Double, epsilon: Float, variant: AdamVariant)
    /// The running mean of the gradients divided by their running maximum.
    case adaMax(beta1: Double, beta2: Double, epsilon: Float)
    /// The sign of a running mean of the gradients.
    case lion(beta1: Double, beta2: Double)
    /// A quasi-Newton method that remembers `history` steps.
    case lbfgs(history: Int)
  }

  /// A variant of Adam.
  public enum AdamVariant: Equatable, Sendable {
    /// No change.
    case plain
    /// Divides by the largest root mean square so far.
    case amsGrad
    /// Divides only when there are enough steps for the root mean square to be trusted.
    case rAdam
    /// Looks ahead as Nesterov's momentum does.
    case nAdam(momentumDecay: Double)
  }

  /// How to treat gradients that are too large.
  public enum Clipping: Equatable, Sendable {
    /// No change.
    case none
    /// Clamps each value to −limit…limit.
    case value(Float)
    /// Scales the whole gradient to at most this length, and keeps its direction (Pascanu, Mikolov and Bengio 2013).
    case norm(Float)
  }

  /// The rule.
  public var method: Method
  /// The learning rate of weights and gains.
  public var learningRate: Float
  /// The learning rate of biases.
  public var biasLearningRate: Float
  /// λ of the decoupled weight decay, w ← w − rate · λ · w, in addition to the step itself (Loshchilov and Hutter
  /// 2019). Biases and normalizations don't decay.
  public var weightDecay: Float
  /// How to treat gradients that are too large, before the rule uses them.
  public var clipping = Clipping.none

  /// Creates an optimizer from its parts; the static functions are shorter.
  public init(_ method: Method, learningRate: Float, biasLearningRate: Float? = nil, weightDecay: Float = 0) {
    self.method = method
    self.learningRate = learningRate
    self.biasLearningRate = biasLearningRate ?? learningRate
    self.weightDecay = weightDecay
  }

  /// Stochastic gradient descent: parameter −= rate · gradient. Default rate: 0.01. It's for learning, and for when
  /// every step must be explainable. Its rate must be found by trial.
  public static func sgd(learningRate: Float = 0.01, biasLearningRate: Float? = nil) -> Optimizer {
    Optimizer(.sgd, learningRate: learningRate, biasLearningRate: biasLearningRate)
  }

  /// Gradient descent with momentum: each step keeps a part of the last one (Polyak 1964). Defaults: rate 0.01,
  /// momentum 0.9. It's for long narrow valleys, where plain descent zigzags, and with a schedule it's the classic
  /// choice for large data.
  public static func momentum(learningRate: Float = 0.01, momentum: Double = 0.9) -> Optimizer {
    Optimizer(.momentum(decay: momentum, isNesterov: false), learningRate: learningRate)
  }

  /// Momentum that looks ahead (Nesterov 1983, in the form of Sutskever et al. 2013). Defaults: rate 0.01, momentum
  /// 0.9. Use it when momentum overshoots.
  public static func nesterov(learningRate: Float = 0.01, momentum: Double = 0.9) -> Optimizer {
    Optimizer(.momentum(decay: momentum, isNesterov: true), learningRate: learningRate)
  }

  /// A rate for each parameter, which shrinks as its squared gradients add up; for sparse inputs (Duchi, Hazan and
  /// Singer 2011).
  public static func adagrad(learningRate: Float = 0.01, epsilon: Float = 1e-10) -> Optimizer {
    Optimizer(.adagrad(epsilon: epsilon), learningRate: learningRate)
  }

  /// Steps in the parameter's own units, with no rate to choose but 1 (Zeiler 2012).
  public static func adadelta(learningRate: Float = 1, decay: Double = 0.9, epsilon: Float = 1e-6) -> Optimizer {
    Optimizer(.adadelta(decay: decay, epsilon: epsilon), learningRate: learningRate)
  }

  /// Gradients divided by their running root mean square (Tieleman and Hinton 2012); `isCentered` subtracts the mean.
  /// It's for gradients whose size changes during training.
  public static func rmsProp(
    learningRate: Float = 0.01, decay: Double = 0.99, epsilon: Float = 1e-8, isCentered: Bool = false
  ) -> Optimizer {
    Optimizer(.rmsProp(decay: decay, epsilon: epsilon, isCentered: isCentered), learningRate: learningRate)
  }

  /// Momentum over the running root mean square, both corrected for their start (Kingma and Ba 2015). Default rate:
  /// 0.001. Start with this one.
  public static func adam(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: .plain), learningRate: learningRate)
  }

  /// Adam with decoupled weight decay (Loshchilov and Hutter 2019). Default decay: 0.01. Use it instead of Adam with an
  /// L2 penalty, whose gradient Adam would scale away.
  public static func adamW(
    learningRate: Float = 0.001, weightDecay: Float = 0.01, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Float = 1e-8
  ) -> Optimizer {
    var optimizer = adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    optimizer.weightDecay = weightDecay
    return optimizer
  }

  /// Adam with the largest gradient instead of the root mean square (Kingma and Ba 2015, section 7.1). It's for
  /// gradients with rare large values. Default rate: 0.002.
  public static func adaMax(
    learningRate: Float = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adaMax(beta1: beta1, beta2: beta2, epsilon: epsilon), learningRate: learningRate)
  }

  /// Adam whose effective rates never grow again (Reddi, Kale and Kumar 2018). Use it if Adam doesn't converge.
  public static func amsGrad(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: .amsGrad), learningRate: learningRate)
  }

  /// Adam with Nesterov momentum (Dozat 2016); `momentumDecay` controls the momentum's warm-up. It's often a little
  /// faster than Adam. Default rate: 0.002.
  public static func nAdam(
    learningRate: Float = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8,
    momentumDecay: Double = 0.004
  ) -> Optimizer {
    let variant = AdamVariant.nAdam(momentumDecay: momentumDecay)
    return Optimizer(
      .adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: variant), learningRate: learningRate)
  }

  /// Adam that waits until its root mean square is reliable (Liu et al. 2020), so it needs no warm-up.
  public static func rAdam(
    learningRate: Float = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8
  ) -> Optimizer {
    Optimizer(.adam(beta1: beta1, beta2: beta2, epsilon: epsilon, variant: .rAdam), learningRate: learningRate)
  }

  /// Steps of equal size along the sign of a momentum (Chen et al. 2023). Use a third to a tenth of Adam's rate, and a
  /// larger weight decay.
  public static func lion(
    learningRate: Float = 0.0001, weightDecay: Float = 0, beta1: Double = 0.9, beta2: Double = 0.99
  ) -> Optimizer {
    Optimizer(.lion(beta1: beta1, beta2: beta2), learningRate: learningRate, weightDecay: weightDecay)
  }

  /// The quasi-Newton method L-BFGS (Nocedal 1980) over all samples at once, with a line search that meets the strong
  /// Wolfe conditions: one epoch is one iteration. It has no rate, and needs a deterministic loss: no dropout, no batch
  /// normalization. It refuses schedules, clipping, weight decay and a maximum norm. It accepts the penalties.
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

  /// How many moments it keeps for each parameter.
  var momentCount: Int {
    switch method {
    case .sgd, .lbfgs: 0
    case .momentum, .adagrad, .lion, .rmsProp(_, _, isCentered: false): 1
    case .adadelta, .rmsProp, .adaMax: 2
    case .adam(_, _, _, let variant): variant == .amsGrad ? 3 : 2
    }
  }

  /// Whether the moments of a kind (from 0) are means of squares or maxima, which are never negative.
  func keepsSquares(in kind: Int) -> Bool {
    switch method {
    case .sgd, .lbfgs, .momentum, .lion: false
    case .adagrad, .adadelta: true
    case .rmsProp(_, _, let isCentered): !isCentered || kind == 0
    case .adam, .adaMax: kind > 0
    }
  }

  /// Whether it uses all samples at once.
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
    /// The names that ``init(name:)`` accepts.
    public static var names: [String] { named.map(\.name) }

    /// The rule's name, as ``init(name:)`` accepts it. It doesn't depend on settings.
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

    /// The optimizer with this name and its default settings; `nil` if there is none.
    public init?(name: String) {
      guard let found = Optimizer.named.first(where: { $0.name == name }) else { return nil }
      self = found.optimizer
    }
  }
#endif
