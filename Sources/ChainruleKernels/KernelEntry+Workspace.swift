extension KernelEntry {
  /// Arrays for one run of an entry, each between guards that detect writes out of bounds.
  struct Workspace {
    private static let guardCount = 8
    private static let guardValue: Float = 12_345.678

    private let offset: Int
    private var state: UInt64
    private var blocks: [(base: UnsafeMutablePointer<Float>, count: Int, isOutput: Bool)] = []

    init(offset: Int, seed: UInt64) {
      self.offset = offset
      state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
    }

    /// An array of random values that the entry reads.
    mutating func input(_ count: Int) -> UnsafePointer<Float> {
      UnsafePointer(block(count, isOutput: false, drawn: true))
    }

    /// An array that the entry writes. Elements that it doesn't write keep a value that no entry computes.
    mutating func output(_ count: Int) -> UnsafeMutablePointer<Float> { block(count, isOutput: true, drawn: false) }

    /// An array of random values that the entry changes in place.
    mutating func changed(_ count: Int) -> UnsafeMutablePointer<Float> { block(count, isOutput: true, drawn: true) }

    /// Memory for the entry's own use.
    mutating func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
      block(count, isOutput: false, drawn: false)
    }

    private mutating func block(_ count: Int, isOutput: Bool, drawn: Bool) -> UnsafeMutablePointer<Float> {
      let total = count + offset + 2 * Workspace.guardCount
      let base = UnsafeMutablePointer<Float>.allocate(capacity: total)
      base.initialize(repeating: Workspace.guardValue, count: total)
      let values = base + offset + Workspace.guardCount
      if drawn {
        for i in 0..<count { values[i] = draw() }
      }
      blocks.append((base, count, isOutput))
      return values
    }

    /// An array of random values, none negative, that the entry changes in place.
    mutating func changedMagnitudes(_ count: Int) -> UnsafeMutablePointer<Float> {
      let values = changed(count)
      for i in 0..<count { values[i] = values[i].magnitude }
      return values
    }

    /// A random value between −2 and 2, sometimes 0.
    private mutating func draw() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let bits = UInt32(truncatingIfNeeded: state >> 33)
      return bits % 16 == 0 ? 0 : Float(Int32(bitPattern: bits << 1)) * 0x1p-30
    }

    /// Checks the guards, collects what was written, and frees the arrays.
    func finish() -> [Float] {
      var result: [Float] = []
      for block in blocks {
        let start = offset + Workspace.guardCount
        for i in 0..<start {
          require(block.base[i] == Workspace.guardValue, "a loop has written \(start - i) floats before an array")
        }
        for i in 0..<Workspace.guardCount {
          require(
            block.base[start + block.count + i] == Workspace.guardValue,
            "a loop has written \(i + 1) floats behind an array of \(block.count)")
        }
        if block.isOutput {
          for i in 0..<block.count { result.append(block.base[start + i]) }
        }
        block.base.deallocate()
      }
      return result
    }
  }
}
