import ChainruleCore
import Testing

struct RandomSourceTests {
  @Test("the first values of seed 0 are those of the published algorithms")
  func published() {
    // xoshiro256++ from SplitMix64's state for seed 0, computed independently, in Python.
    var random = RandomSource(seed: 0)
    #expect(random.next() == 0x5317_5d61_490b_23df)
    #expect(random.next() == 0x61da_6f3d_c380_d507)
    #expect(random.next() == 0x5c0f_df91_ec9a_7bfc)
  }

  @Test func uniform() {
    var random = RandomSource(seed: 3)
    let values = (0..<100_000).map { _ in random.uniform(-1, 3) }
    #expect(values.allSatisfy { $0 >= -1 && $0 < 3 })
    let mean = values.reduce(0, +) / 100_000
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 100_000
    #expect(abs(mean - 1) < 0.02 && abs(variance - 16.0 / 12) < 0.02)
  }

  @Test func normal() {
    var random = RandomSource(seed: 4)
    let values = (0..<100_000).map { _ in random.normal() }
    let mean = values.reduce(0, +) / 100_000
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 100_000
    let within = values.filter { abs($0) < 1 }.count
    #expect(abs(mean) < 0.015 && abs(variance - 1) < 0.02)
    #expect(abs(Double(within) / 100_000 - 0.6827) < 0.006)
  }

  @Test("indices are in range and equally likely", arguments: [1, 2, 3, 7, 100])
  func index(bound: Int) {
    var random = RandomSource(seed: 5)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<(bound * 2_000) { counts[random.index(below: bound)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 2_000) < 300 })
  }

  @Test func shuffleIsAPermutationFixedByTheSeed() {
    var a = Array(0..<50)
    var b = a
    var first = RandomSource(seed: 6)
    var second = RandomSource(seed: 6)
    first.shuffle(&a)
    second.shuffle(&b)
    #expect(a == b && a != Array(0..<50) && a.sorted() == Array(0..<50))
    var none: [Int] = []
    first.shuffle(&none)
    #expect(none.isEmpty)
  }
}
