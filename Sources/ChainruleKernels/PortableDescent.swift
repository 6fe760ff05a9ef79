/// Gradient descent's update, four parameters at a time.
enum PortableDescent {
  static let descend: Kernels.Descent = { count, parameters, gradients, rate, decay in
    var i = 0
    while i &+ 4 <= count {
      let p = parameters.vector(at: i)
      parameters.store(p - rate * (gradients.vector(at: i) + decay * p), at: i)
      i &+= 4
    }
    while i < count {
      parameters[i] -= rate * (gradients[i] + decay * parameters[i])
      i &+= 1
    }
  }
}
