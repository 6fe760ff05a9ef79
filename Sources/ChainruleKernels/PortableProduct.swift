/// The three matrix products of a layer, in tiles that fit in sixteen vector registers.
///
/// A tile of ``affine`` and ``weightGradient`` is four rows by eight columns (eight accumulators), one of
/// ``inputGradient`` two rows by four inputs. Each accumulator adds its terms in order, so a tile's size affects the
/// speed but never the bits. If rows or columns don't fill the last tile, it reaches back and computes some again. If
/// there are fewer than a tile has, the last one is repeated.
enum PortableProduct {
  typealias Vector = SIMD4<Float>

  static let affine: Kernels.Affine = { shape, inputs, weights, biases, outputs, _ in
    product(
      rows: shape.rows, columns: shape.outputs, depth: shape.inputs,
      left: inputs, leftRowStride: shape.inputs, leftDepthStride: 1,
      right: weights, start: biases, result: outputs)
  }

  static let weightGradient: Kernels.WeightGradient = { shape, inputs, delta, weightGradient, biasGradient, _ in
    PortableProduct.weightGradient(
      shape, ofInputs: 0..<shape.inputs, inputs, delta, weightGradient, biasGradient)
  }

  /// The weight gradient for some of the inputs, whose weights are contiguous rows. The piece with the last input also
  /// computes the biases' gradients.
  static func weightGradient(
    _ shape: LayerShape, ofInputs range: Range<Int>, _ inputs: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
    _ weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>
  ) {
    product(
      rows: range.count, columns: shape.outputs, depth: shape.rows,
      left: inputs + range.lowerBound, leftRowStride: 1, leftDepthStride: shape.inputs,
      right: delta, start: nil, result: weightGradient + range.lowerBound &* shape.outputs)
    if range.upperBound == shape.inputs { sumColumns(shape.rows, shape.outputs, delta, biasGradient) }
  }

  /// result[r, c] = start[c] + Σ_d left[r, d] · right[d, c], where `left` can be row-major or column-major.
  @inline(never)
  private static func product(
    rows: Int, columns: Int, depth: Int,
    left: UnsafePointer<Float>, leftRowStride: Int, leftDepthStride: Int,
    right: UnsafePointer<Float>, start: UnsafePointer<Float>?, result: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    while row < rows {
      if row &+ 4 > rows { row = max(0, rows &- 4) }
      let last = rows &- 1
      let rows = (row, min(row &+ 1, last), min(row &+ 2, last), min(row &+ 3, last))
      let l0 = left + rows.0 &* leftRowStride
      let l1 = left + rows.1 &* leftRowStride
      let l2 = left + rows.2 &* leftRowStride
      let l3 = left + rows.3 &* leftRowStride
      let r0 = result + rows.0 &* columns
      let r1 = result + rows.1 &* columns
      let r2 = result + rows.2 &* columns
      let r3 = result + rows.3 &* columns
      var column = 0
      if columns >= 4 {
        // With fewer than eight columns the two vectors of a row overlap.
        let apart = min(4, columns &- 4)
        while column < columns {
          if column &+ 8 > columns { column = max(0, columns &- 8) }
          let next = column &+ apart
          let first = start.map { $0.vector(at: column) } ?? .zero
          let second = start.map { $0.vector(at: next) } ?? .zero
          var (a0, a1, a2, a3) = (first, first, first, first)
          var (b0, b1, b2, b3) = (second, second, second, second)
          var weights = right + column
          var step = 0
          var remaining = depth
          while remaining > 0 {
            let w0 = weights.vector(at: 0)
            let w1 = weights.vector(at: apart)
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
          r0.store(b0, at: next)
          r1.store(a1, at: column)
          r1.store(b1, at: next)
          r2.store(a2, at: column)
          r2.store(b2, at: next)
          r3.store(a3, at: column)
          r3.store(b3, at: next)
          column &+= 8
        }
      }
      while column < columns {
        // A single column of a few: take four rows as the vector.
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
  }

  /// sums[c] = Σᵣ values[r, c]
  private static func sumColumns(
    _ rows: Int, _ columns: Int, _ values: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>
  ) {
    var column = 0
    if columns >= 8 {
      while column < columns {
        if column &+ 8 > columns { column = columns &- 8 }
        var first = Vector.zero
        var second = Vector.zero
        var value = values + column
        var remaining = rows
        while remaining > 0 {
          first += value.vector(at: 0)
          second += value.vector(at: 4)
          value += columns
          remaining &-= 1
        }
        sums.store(first, at: column)
        sums.store(second, at: column &+ 4)
        column &+= 8
      }
    }
    while column < columns {
      var sum: Float = 0
      var value = values + column
      var remaining = rows
      while remaining > 0 {
        sum += value.pointee
        value += columns
        remaining &-= 1
      }
      sums[column] = sum
      column &+= 1
    }
  }

  static let inputGradient: Kernels.InputGradient = { shape, delta, weights, inputGradient, _ in
    if shape.outputs >= 4 {
      dotProducts(shape, delta, weights, inputGradient)
    } else if shape.outputs == 1 {
      // A single column of weights is also a row.
      product(
        rows: shape.rows, columns: shape.inputs, depth: 1, left: delta, leftRowStride: 1, leftDepthStride: 1,
        right: weights, start: nil, result: inputGradient)
    } else {
      for row in 0..<shape.rows {
        let d = delta + row &* shape.outputs
        for input in 0..<shape.inputs {
          let w = weights + input &* shape.outputs
          var sum: Float = 0
          for output in 0..<shape.outputs { sum += d[output] * w[output] }
          inputGradient[row &* shape.inputs &+ input] = sum
        }
      }
    }
  }

  /// For four outputs or more: dot products of rows of `delta` and rows of `weights`, in four lanes that are added at
  /// the end.
  private static func dotProducts(
    _ shape: LayerShape, _ delta: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>
  ) {
    let width = shape.outputs
    let inputs = shape.inputs
    // Up to four outputs first, with zeros in the other lanes, then four at a time.
    let firstCount = ((width &- 1) & 3) &+ 1
    let isMissing = SIMD4<Int32>(0, 1, 2, 3) .>= SIMD4(repeating: Int32(truncatingIfNeeded: firstCount))
    var row = 0
    while row < shape.rows {
      let next = min(row &+ 1, shape.rows &- 1)
      let d = delta + row &* width
      let e = delta + next &* width
      let dFirst = d.vector(at: 0).replacing(with: 0, where: isMissing)
      let eFirst = e.vector(at: 0).replacing(with: 0, where: isMissing)
      var input = 0
      while input < inputs {
        if input &+ 4 > inputs { input = max(0, inputs &- 4) }
        let last = inputs &- 1
        let w0 = weights + input &* width
        let w1 = weights + min(input &+ 1, last) &* width
        let w2 = weights + min(input &+ 2, last) &* width
        let w3 = weights + min(input &+ 3, last) &* width
        var (a0, b0) = (dFirst * w0.vector(at: 0), eFirst * w0.vector(at: 0))
        var (a1, b1) = (dFirst * w1.vector(at: 0), eFirst * w1.vector(at: 0))
        var (a2, b2) = (dFirst * w2.vector(at: 0), eFirst * w2.vector(at: 0))
        var (a3, b3) = (dFirst * w3.vector(at: 0), eFirst * w3.vector(at: 0))
        var output = firstCount
        while output < width {
          let u = d.vector(at: output)
          let v = e.vector(at: output)
          a0 += u * w0.vector(at: output)
          b0 += v * w0.vector(at: output)
          a1 += u * w1.vector(at: output)
          b1 += v * w1.vector(at: output)
          a2 += u * w2.vector(at: output)
          b2 += v * w2.vector(at: output)
          a3 += u * w3.vector(at: output)
          b3 += v * w3.vector(at: output)
          output &+= 4
        }
        let count = inputs &- input
        (result + row &* inputs).store(Vector.laneSums(a0, a1, a2, a3), at: input, count: count)
        (result + next &* inputs).store(Vector.laneSums(b0, b1, b2, b3), at: input, count: count)
        input &+= 4
      }
      row &+= 2
    }
  }
}
