/// The three matrix products of a layer, in tiles that stay in sixteen vector registers.
///
/// A tile of ``affine`` and ``weightGradient`` is four rows by eight columns (eight accumulators); each accumulator adds
/// its terms in order, so a tile's size changes the speed and never the bits.
enum PortableProduct {
  typealias Vector = SIMD4<Float>

  static let affine: Kernels.Affine = { shape, inputs, weights, biases, outputs, _ in
    let depth = shape.inputs
    let width = shape.outputs
    product(
      rows: shape.rows, columns: width, depth: depth,
      left: inputs, leftRowStride: depth, leftDepthStride: 1,
      right: weights, start: biases, result: outputs)
  }

  static let weightGradient: Kernels.WeightGradient = { shape, inputs, delta, weightGradient, biasGradient, _ in
    let width = shape.outputs
    product(
      rows: shape.inputs, columns: width, depth: shape.rows,
      left: inputs, leftRowStride: 1, leftDepthStride: shape.inputs,
      right: delta, start: nil, result: weightGradient)
    var column = 0
    while column &+ 4 <= width {
      var sum = Vector.zero
      var row = 0
      while row < shape.rows {
        sum += delta.vector(at: row &* width &+ column)
        row &+= 1
      }
      biasGradient.store(sum, at: column)
      column &+= 4
    }
    while column < width {
      var sum: Float = 0
      var row = 0
      while row < shape.rows {
        sum += delta[row &* width &+ column]
        row &+= 1
      }
      biasGradient[column] = sum
      column &+= 1
    }
  }

  /// result[r, c] = start[c] + Σ_d left[r, d] · right[d, c], where `left` may be walked in either direction.
  @inline(__always)
  private static func product(
    rows: Int, columns: Int, depth: Int,
    left: UnsafePointer<Float>, leftRowStride: Int, leftDepthStride: Int,
    right: UnsafePointer<Float>, start: UnsafePointer<Float>?, result: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    while row &+ 4 <= rows {
      let l0 = left + row &* leftRowStride
      let l1 = l0 + leftRowStride
      let l2 = l1 + leftRowStride
      let l3 = l2 + leftRowStride
      let r0 = result + row &* columns
      let r1 = r0 + columns
      let r2 = r1 + columns
      let r3 = r2 + columns
      var column = 0
      while column &+ 8 <= columns {
        let first = start.map { $0.vector(at: column) } ?? .zero
        let second = start.map { $0.vector(at: column &+ 4) } ?? .zero
        var a0 = first
        var a1 = first
        var a2 = first
        var a3 = first
        var b0 = second
        var b1 = second
        var b2 = second
        var b3 = second
        var weights = right + column
        var step = 0
        var remaining = depth
        while remaining > 0 {
          let w0 = weights.vector(at: 0)
          let w1 = weights.vector(at: 4)
          a0 += l0[step] * w0
          b0 += l0[step] * w1
          a1 += l1[step] * w0
          b1 += l1[step] * w1
          a2 += l2[step] * w0
          b2 += l2[step] * w1
          a3 += l3[step] * w0
          b3 += l3[step] * w1
          weights += columns
          step &+= leftDepthStride
          remaining &-= 1
        }
        r0.store(a0, at: column)
        r0.store(b0, at: column &+ 4)
        r1.store(a1, at: column)
        r1.store(b1, at: column &+ 4)
        r2.store(a2, at: column)
        r2.store(b2, at: column &+ 4)
        r3.store(a3, at: column)
        r3.store(b3, at: column &+ 4)
        column &+= 8
      }
      while column &+ 4 <= columns {
        let first = start.map { $0.vector(at: column) } ?? .zero
        var a0 = first
        var a1 = first
        var a2 = first
        var a3 = first
        var weights = right + column
        var step = 0
        var remaining = depth
        while remaining > 0 {
          let w = weights.vector(at: 0)
          a0 += l0[step] * w
          a1 += l1[step] * w
          a2 += l2[step] * w
          a3 += l3[step] * w
          weights += columns
          step &+= leftDepthStride
          remaining &-= 1
        }
        r0.store(a0, at: column)
        r1.store(a1, at: column)
        r2.store(a2, at: column)
        r3.store(a3, at: column)
        column &+= 4
      }
      while column < columns {
        // One column: four rows make the vector.
        var sum = Vector(repeating: start.map { $0[column] } ?? 0)
        var weights = right + column
        var step = 0
        var remaining = depth
        while remaining > 0 {
          sum += Vector(l0[step], l1[step], l2[step], l3[step]) * weights[0]
          weights += columns
          step &+= leftDepthStride
          remaining &-= 1
        }
        r0[column] = sum[0]
        r1[column] = sum[1]
        r2[column] = sum[2]
        r3[column] = sum[3]
        column &+= 1
      }
      row &+= 4
    }
    while row < rows {
      let l = left + row &* leftRowStride
      let r = result + row &* columns
      var column = 0
      while column &+ 4 <= columns {
        var sum = start.map { $0.vector(at: column) } ?? .zero
        var weights = right + column
        var step = 0
        var remaining = depth
        while remaining > 0 {
          sum += l[step] * weights.vector(at: 0)
          weights += columns
          step &+= leftDepthStride
          remaining &-= 1
        }
        r.store(sum, at: column)
        column &+= 4
      }
      while column < columns {
        var sum = start.map { $0[column] } ?? 0
        var step = 0
        var index = column
        var remaining = depth
        while remaining > 0 {
          sum += l[step] * right[index]
          index &+= columns
          step &+= leftDepthStride
          remaining &-= 1
        }
        r[column] = sum
        column &+= 1
      }
      row &+= 1
    }
  }

  static let inputGradient: Kernels.InputGradient = { shape, delta, weights, inputGradient, _ in
    let width = shape.outputs
    var row = 0
    while row < shape.rows {
      let d = delta + row &* width
      let result = inputGradient + row &* shape.inputs
      var input = 0
      while input &+ 4 <= shape.inputs {
        let w0 = weights + input &* width
        let w1 = w0 + width
        let w2 = w1 + width
        let w3 = w2 + width
        var s0 = Vector.zero
        var s1 = Vector.zero
        var s2 = Vector.zero
        var s3 = Vector.zero
        var output = 0
        while output &+ 4 <= width {
          let v = d.vector(at: output)
          s0 += v * w0.vector(at: output)
          s1 += v * w1.vector(at: output)
          s2 += v * w2.vector(at: output)
          s3 += v * w3.vector(at: output)
          output &+= 4
        }
        var sums = lanes(s0, s1, s2, s3)
        while output < width {
          sums += d[output] * Vector(w0[output], w1[output], w2[output], w3[output])
          output &+= 1
        }
        result.store(sums, at: input)
        input &+= 4
      }
      while input < shape.inputs {
        let w = weights + input &* width
        var s = Vector.zero
        var output = 0
        while output &+ 4 <= width {
          s += d.vector(at: output) * w.vector(at: output)
          output &+= 4
        }
        var sum = lanes(s, s, s, s)[0]
        while output < width {
          sum += d[output] * w[output]
          output &+= 1
        }
        result[input] = sum
        input &+= 1
      }
      row &+= 1
    }
  }

  /// The sums of four vectors' lanes, each as (0 + 2) + (1 + 3).
  @inline(__always)
  private static func lanes(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> Vector {
    let ab = SIMD4(lowHalf: a.lowHalf + a.highHalf, highHalf: b.lowHalf + b.highHalf)
    let cd = SIMD4(lowHalf: c.lowHalf + c.highHalf, highHalf: d.lowHalf + d.highHalf)
    return SIMD4(lowHalf: ab.evenHalf, highHalf: cd.evenHalf) + SIMD4(lowHalf: ab.oddHalf, highHalf: cd.oddHalf)
  }
}
