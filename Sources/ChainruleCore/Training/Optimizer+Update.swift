import ChainruleKernels

extension Optimizer {
  /// Updates the parameters of all layers that aren't frozen, once, from their gradients, with the loop from
  /// ``rule(in:)``.
  @inline(never)  // called from two places, and too large to inline in both
  func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>, slices: [LayerSlice], frozen: [Bool],
    state: inout StepState, rule: UpdateKernels.Update
  ) {
    let constants = nextConstants(&state)
    let stride = state.moments.stride
    state.moments.withUnsafeMutablePointer { moments in
      // The same constants for every parameter: one pass over all of them.
      if learningRate == biasLearningRate && weightDecay == 0 && !frozen.contains(true) {
        let all = 0..<(slices.last?.biases.upperBound ?? 0)
        apply(all, parameters, gradients, moments, stride, constants.weights, rule)
        return
      }
      for (index, slice) in slices.enumerated() where !frozen[index] {
        let ofWeights = slice.kind == .dense ? constants.weights : constants.gains
        apply(slice.weights, parameters, gradients, moments, stride, ofWeights, rule)
        apply(slice.biases, parameters, gradients, moments, stride, constants.biases, rule)
      }
    }
  }

  /// The constants of one step.
  struct StepConstants {
    /// For the weights of dense layers, which can decay.
    var weights: UpdateConstants
    /// For the gains of normalizations.
    var gains: UpdateConstants
    /// For biases and shifts.
    var biases: UpdateConstants
  }

  /// Begins the next step: counts it, and returns its constants.
  func nextConstants(_ state: inout StepState) -> StepConstants {
    state.steps += 1
    let constants = constants(state: &state)
    var next = StepConstants(weights: constants, gains: constants, biases: constants)
    next.weights.rate *= learningRate
    if weightDecay != 0 { next.weights.shrink = 1 - learningRate * weightDecay }
    next.gains.rate *= learningRate
    next.biases.rate *= biasLearningRate
    return next
  }

  /// Updates an array of parameters once, from its gradients, with the code that trains networks. All parameters are
  /// treated as one layer's weights.
  ///
  /// ```swift
  /// // One step down x² + 10 y² from (1, 1).
  /// var state = StepState(parameterCount: 2, optimizer: .adam())
  /// var place: [Float] = [1, 1]
  /// Optimizer.adam().update(&place, gradients: [2, 20], state: &state)
  /// ```
  ///
  /// - Precondition: there is a gradient for each parameter; the state was made for this number of parameters and this
  ///   optimizer; the optimizer's settings are in their ranges, it doesn't clip, and it isn't L-BFGS, which also needs
  ///   losses.
  public func update(
    _ parameters: inout [Float], gradients: [Float], state: inout StepState, kernels: Kernels = .portable
  ) {
    require(
      !isFullBatch && clipping == .none,
      "found L-BFGS or clipping; only a rule that needs nothing but gradients goes alone")
    require(
      gradients.count == parameters.count && state.moments.suit(self, parameterCount: parameters.count),
      "found \(gradients.count.counted("gradient")) and a state with \(state.moments.kinds.counted("number")) for "
        + "each of \(state.moments.parameterCount.counted("parameter")), expected \(parameters.count), and "
        + "\(momentCount) for each"
    )
    #if !hasFeature(Embedded)
      do throws(TrainingError) { try check() } catch { trap(error.message) }
    #endif
    let slice = LayerSlice(
      kind: .dense, inputs: parameters.count, outputs: 1, activation: .linear, weights: parameters.indices,
      biases: parameters.count..<parameters.count, statistics: 0..<0)
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else { return }
        update(
          parameters, gradients: gradients, slices: [slice], frozen: [false], state: &state,
          rule: rule(in: kernels.updates))
      }
    }
  }

  private func apply(
    _ range: Range<Int>, _ parameters: UnsafeMutablePointer<Float>, _ gradients: UnsafePointer<Float>,
    _ moments: UnsafeMutablePointer<Float>, _ stride: Int, _ constants: UpdateConstants, _ rule: UpdateKernels.Update
  ) {
    let start = range.lowerBound
    rule(
      range.count, parameters + start, gradients + start, stride == 0 ? moments : moments + start, stride, constants)
  }

  /// The loop in the table for this optimizer.
  @inline(__always)
  func rule(in updates: UpdateKernels) -> UpdateKernels.Update {
    switch method {
    case .sgd, .lbfgs: updates.descend
    case .momentum: updates.momentum
    case .adagrad: updates.adagrad
    case .adadelta: updates.adadelta
    case .rmsProp(_, _, let isCentered): isCentered ? updates.centeredRMSProp : updates.rmsProp
    case .adam(_, _, _, let variant): variant == .amsGrad ? updates.amsGrad : updates.adam
    case .adaMax: updates.adaMax
    case .lion: updates.lion
    }
  }

  /// The constants of step number `state.steps`, for a learning rate of 1.
  private func constants(state: inout StepState) -> UpdateConstants {
    var constants = UpdateConstants(rate: 1)
    func setDecay(_ decay: Double) {
      constants.decay = Float(decay)
      constants.gain = Float(1 - decay)
    }
    func setSecondDecay(_ decay: Double) {
      constants.secondDecay = Float(decay)
      constants.secondGain = Float(1 - decay)
    }
    switch method {
    case .sgd, .lbfgs: break
    case .momentum(let decay, let isNesterov):
      setDecay(decay)
      constants.momentumShare = isNesterov ? Float(decay) : 1
      constants.gradientShare = isNesterov ? 1 : 0
    case .adagrad(let epsilon): constants.epsilon = epsilon
    case .adadelta(let decay, let epsilon), .rmsProp(let decay, let epsilon, _):
      setDecay(decay)
      constants.epsilon = epsilon
    case .adam(let beta1, let beta2, let epsilon, let variant):
      setDecay(beta1)
      setSecondDecay(beta2)
      constants.epsilon = epsilon
      let first = 1 - DoubleMath.power(beta1, state.steps)
      let second = 1 - DoubleMath.power(beta2, state.steps)
      constants.momentumShare = Float(1 / first)
      constants.scale = Float(1 / second.squareRoot())
      switch variant {
      case .plain, .amsGrad: break
      case .nAdam(let momentumDecay):
        func momentum(_ step: Int) -> Double {
          beta1 * (1 - 0.5 * DoubleMath.power(0.96, Double(step) * momentumDecay))
        }
        let now = momentum(state.steps)
        let next = momentum(state.steps + 1)
        state.momentumProduct *= now
        constants.gradientShare = Float((1 - now) / (1 - state.momentumProduct))
        constants.momentumShare = Float(next / (1 - state.momentumProduct * next))
      case .rAdam: rectify(&constants, beta2: beta2, first: first, second: second, step: state.steps)
      }
    case .adaMax(let beta1, let beta2, let epsilon):
      setDecay(beta1)
      setSecondDecay(beta2)
      constants.epsilon = epsilon
      constants.momentumShare = Float(1 / (1 - DoubleMath.power(beta1, state.steps)))
    case .lion(let beta1, let beta2):
      setDecay(beta1)
      setSecondDecay(beta2)
    }
    return constants
  }

  /// RAdam's two cases: the second moment is scaled by how reliable it is, or left out.
  private func rectify(
    _ constants: inout UpdateConstants, beta2: Double, first: Double, second: Double, step: Int
  ) {
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * Double(step) * (1 - second) / second
    if length > 5 {
      let numerator = (length - 4) * (length - 2) * limit
      let rectification = (numerator / ((limit - 4) * (limit - 2) * length)).squareRoot()
      constants.momentumShare = Float(rectification * second.squareRoot() / first)
      constants.scale = 1
    } else {
      constants.scale = 0
      constants.epsilon = 1
    }
  }
}
