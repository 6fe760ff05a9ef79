import VectorIntrinsics

extension X86V3 {
  /// What Adam changes, and by which constants: m ← decay · m + gain · g, v ← secondDecay · v + secondGain · g²,
  /// p ← shrink · p − rate · (momentumShare · m + gradientShare · g) / (scale · √v + ε)
  public struct Adam {
    let parameters: UnsafeMutablePointer<Float>
    let firstMoments: UnsafeMutablePointer<Float>
    let secondMoments: UnsafeMutablePointer<Float>
    let rate: Float
    let shrink: Float
    let decay: Float
    let gain: Float
    let secondDecay: Float
    let secondGain: Float
    let epsilon: Float
    let momentumShare: Float
    let gradientShare: Float
    let scale: Float

    /// Names the parameters, their moments, which lie as they do, and the constants.
    public init(
      parameters: UnsafeMutablePointer<Float>, firstMoments: UnsafeMutablePointer<Float>,
      secondMoments: UnsafeMutablePointer<Float>, rate: Float, shrink: Float, decay: Float, gain: Float,
      secondDecay: Float, secondGain: Float, epsilon: Float, momentumShare: Float, gradientShare: Float, scale: Float
    ) {
      self.parameters = parameters
      self.firstMoments = firstMoments
      self.secondMoments = secondMoments
      self.rate = rate
      self.shrink = shrink
      self.decay = decay
      self.gain = gain
      self.secondDecay = secondDecay
      self.secondGain = secondGain
      self.epsilon = epsilon
      self.momentumShare = momentumShare
      self.gradientShare = gradientShare
      self.scale = scale
    }

    /// Updates some columns of some rows, `stride` values from row to row, from their gradients. The first parameter is the one at
    /// `offset`; the gradients lie as the parameters do.
    @inline(never)
    public func update(rows: Int = 1, columns: Int, offset: Int = 0, stride: Int = 0, gradients: UnsafePointer<Float>) {
      let (p, m, v) = (parameters, firstMoments, secondMoments)
      @inline(__always)
      func update(_ i: Int, _ n: Int) {
        let gradient = gradients.vector(at: i, count: n)
        let first = (gradient * gain).addingProduct(m.vector(at: i, count: n), Vector(repeating: decay))
        let second = (gradient * gradient * secondGain).addingProduct(v.vector(at: i, count: n), Vector(repeating: secondDecay))
        m.store(first, at: i, count: n)
        v.store(second, at: i, count: n)
        let direction = (gradient * (gradientShare * rate)).addingProduct(first, Vector(repeating: momentumShare * rate))
        let divisor = Vector(repeating: epsilon).addingProduct(vector_square_root(second), Vector(repeating: scale))
        let new = p.vector(at: i, count: n) * shrink - direction / divisor
        p.store(new, at: i, count: n)
      }
      var row = offset
      let end = offset &+ rows &* stride
      repeat {
        var i = 0
        while i &+ 8 <= columns {
          update(row &+ i, 8)
          i &+= 8
        }
        if i < columns { update(row &+ i, columns &- i) }
        row &+= stride
      } while row < end
    }

    /// Asks for the memory of some rows, sixteen columns wide.
    @inline(__always)
    func prefetch(rows: Int, offset: Int, stride: Int) {
      var place = offset
      for _ in 0..<rows {
        cache_prefetch(parameters + place)
        cache_prefetch(parameters + (place &+ 15))
        cache_prefetch(firstMoments + place)
        cache_prefetch(firstMoments + (place &+ 15))
        cache_prefetch(secondMoments + place)
        cache_prefetch(secondMoments + (place &+ 15))
        place &+= stride
      }
    }
  }
}
