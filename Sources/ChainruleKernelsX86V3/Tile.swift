import VectorIntrinsics

/// A block of a matrix product that stays in registers while its terms are summed: `rows` rows of `vectors` times eight
/// columns.
///
/// Both are part of the type, so that the loops over them unroll and the sums become registers.
struct Tile<let rows: Int, let vectors: Int> {
  private var sums: InlineArray<rows, InlineArray<vectors, Vector>>

  /// Begins every row with the same `count` values, then zeros; with zeros only if there are none.
  @inline(__always)
  init(start: UnsafePointer<Float>?, count: Int = 8 * vectors) {
    sums = InlineArray(repeating: InlineArray(repeating: .zero))
    guard let start else { return }
    for j in 0..<vectors {
      let values = start.vector(at: 8 &* j, count: count &- 8 &* j)
      for i in 0..<rows { sums[unchecked: i][unchecked: j] = values }
    }
  }

  /// Begins with the values in a matrix.
  @inline(__always)
  init(continuing result: UnsafeMutablePointer<Float>, stride: Int) {
    sums = InlineArray(repeating: InlineArray(repeating: .zero))
    for i in 0..<rows {
      let row = result + i &* stride
      for j in 0..<vectors { sums[unchecked: i][unchecked: j] = row.vector(at: 8 &* j) }
    }
  }

  /// Adds left[i, d] · right[d, j] for `depth` steps.
  @inline(__always)
  mutating func add(
    depth: Int, left: UnsafePointer<Float>, leftRowStride: Int, leftDepthStride: Int, right: UnsafePointer<Float>,
    rightStride: Int
  ) {
    var l = left
    var r = right
    var remaining = depth
    while remaining > 0 {
      var values = InlineArray<vectors, Vector>(repeating: .zero)
      for j in 0..<vectors { values[unchecked: j] = r.vector(at: 8 &* j) }
      for i in 0..<rows {
        let factor = Vector(repeating: l[i &* leftRowStride])
        for j in 0..<vectors {
          sums[unchecked: i][unchecked: j] = sums[unchecked: i][unchecked: j].addingProduct(
            factor, values[unchecked: j])
        }
      }
      l += leftDepthStride
      r += rightStride
      remaining &-= 1
    }
  }

  /// Adds as ``add(depth:left:leftRowStride:leftDepthStride:right:rightStride:)``, and copies what it reads of `right`,
  /// step by step, for later tiles. The multiplications leave time for that.
  @inline(__always)
  mutating func addCopying(
    depth: Int, left: UnsafePointer<Float>, leftRowStride: Int, leftDepthStride: Int, right: UnsafePointer<Float>,
    rightStride: Int, copy: UnsafeMutablePointer<Float>
  ) {
    var l = left
    var r = right
    var c = copy
    var remaining = depth
    while remaining > 0 {
      var values = InlineArray<vectors, Vector>(repeating: .zero)
      for j in 0..<vectors {
        let value = r.vector(at: 8 &* j)
        values[unchecked: j] = value
        c.store(value, at: 8 &* j)
      }
      // Not earlier: lines that are a power of two apart compete for few places in a cache, and could be evicted again.
      cache_prefetch(r + 24 &* rightStride)
      cache_prefetch(r + (24 &* rightStride &+ 15))
      for i in 0..<rows {
        let factor = Vector(repeating: l[i &* leftRowStride])
        for j in 0..<vectors {
          sums[unchecked: i][unchecked: j] = sums[unchecked: i][unchecked: j].addingProduct(
            factor, values[unchecked: j])
        }
      }
      l += leftDepthStride
      r += rightStride
      c += 8 &* vectors
      remaining &-= 1
    }
  }

  /// Adds as ``add(depth:left:leftRowStride:leftDepthStride:right:rightStride:)``, and copies what it reads of `left`,
  /// whose rows are contiguous, for later panels. It copies step by step, eight rows at a time; the next step
  /// overwrites some of them.
  @inline(__always)
  mutating func addCopyingLeft(
    depth: Int, left: UnsafePointer<Float>, leftDepthStride: Int, right: UnsafePointer<Float>, rightStride: Int,
    copy: UnsafeMutablePointer<Float>
  ) {
    var l = left
    var r = right
    var c = copy
    var remaining = depth
    while remaining > 0 {
      var values = InlineArray<vectors, Vector>(repeating: .zero)
      for j in 0..<vectors { values[unchecked: j] = r.vector(at: 8 &* j) }
      c.store(l.vector(at: 0), at: 0)
      // For the next tiles, whose rows follow.
      cache_prefetch(l + 24)
      for i in 0..<rows {
        let factor = Vector(repeating: l[i])
        for j in 0..<vectors {
          sums[unchecked: i][unchecked: j] = sums[unchecked: i][unchecked: j].addingProduct(
            factor, values[unchecked: j])
        }
      }
      l += leftDepthStride
      r += rightStride
      c += rows
      remaining &-= 1
    }
  }

  /// Writes all sums.
  @inline(__always)
  func store(to result: UnsafeMutablePointer<Float>, stride: Int) {
    for i in 0..<rows {
      let row = result + i &* stride
      for j in 0..<vectors { row.store(sums[unchecked: i][unchecked: j], at: 8 &* j) }
    }
  }

  /// Writes all sums after a product's last operation. The tile begins at `offset` in every matrix.
  @inline(__always)
  func store(to result: UnsafeMutablePointer<Float>, offset: Int, stride: Int, finish: Product.Finish) {
    switch finish {
    case .none: store(to: result + offset, stride: stride)
    case .rectify(let outputs, let slope):
      store(to: result + offset, stride: stride)
      storeRectified(to: outputs + offset, stride: stride, slope: slope)
    case .scale(let values, let slope):
      storeScaled(to: result + offset, where: values + offset, stride: stride, slope: slope)
    }
  }

  /// Writes the sums, with slope · z instead of each sum z that isn't above zero.
  @inline(__always)
  private func storeRectified(to result: UnsafeMutablePointer<Float>, stride: Int, slope: Float) {
    for i in 0..<rows {
      let row = result + i &* stride
      for j in 0..<vectors { row.store(rectified(sums[unchecked: i][unchecked: j], slope), at: 8 &* j) }
    }
  }

  /// Writes the sums, multiplied by `slope` where the value in another matrix isn't above zero.
  @inline(__always)
  private func storeScaled(
    to result: UnsafeMutablePointer<Float>, where values: UnsafePointer<Float>, stride: Int, slope: Float
  ) {
    for i in 0..<rows {
      let row = i &* stride
      for j in 0..<vectors {
        let value = (values + row).vector(at: 8 &* j)
        (result + row).store(scaled(sums[unchecked: i][unchecked: j], where: value, slope), at: 8 &* j)
      }
    }
  }
}

/// z where z > 0, else slope · z. −∞ counts as the lowest finite number, because a slope of 0 must give 0.
@inline(__always)
func rectified(_ z: Vector, _ slope: Float) -> Vector {
  let low = Vector(repeating: -.greatestFiniteMagnitude)
  return (z.replacing(with: low, where: z .< low) * slope).replacing(with: z, where: z .> 0)
}

/// d where z > 0, else slope · d.
@inline(__always)
func scaled(_ d: Vector, where z: Vector, _ slope: Float) -> Vector { d.replacing(with: d * slope, where: z .<= 0) }
