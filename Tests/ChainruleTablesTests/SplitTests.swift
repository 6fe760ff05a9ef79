import ChainruleCore
import ChainruleTables
import Testing

struct SplitTests {
  private let rows = Array(100..<300)

  private func isWhole(_ split: Split) -> Bool { (split.training + split.heldOut).sorted() == rows }

  @Test func `Classes keep their proportions`() {
    let classes = (0..<200).map { $0 % 10 == 0 ? 1 : 0 }
    let split = Split(rows: rows, classes: classes, fraction: 0.25, seed: 1)
    #expect(isWhole(split) && split.heldOut.count == 50)
    #expect(split.heldOut.count { classes[$0 - 100] == 1 } == 5)
    #expect(split == Split(rows: rows, classes: classes, fraction: 0.25, seed: 1))
    #expect(split != Split(rows: rows, classes: classes, fraction: 0.25, seed: 2))
    #expect(split.training == split.training.sorted())
  }

  @Test func `Every class keeps a row to learn from`() {
    let split = Split(rows: [0, 1, 2, 3], classes: [0, 1, 2, 2], fraction: 0.9, seed: 1)
    #expect(split.heldOut.count == 1 && split.training.contains(0) && split.training.contains(1))
  }

  @Test func `The last rows`() {
    let split = Split(lastOf: rows, fraction: 0.2)
    #expect(split.training == Array(100..<260) && split.heldOut == Array(260..<300))
    #expect(Split(lastOf: [7], fraction: 0.9).training == [7])
  }

  @Test func `No group is in both parts`() {
    let groups = (0..<200).map { $0 % 23 }
    for seed in 0..<20 {
      let split = Split(rows: rows, groups: groups, fraction: 0.2, seed: UInt64(seed))
      let training = Set(split.training.map { groups[$0 - 100] })
      let heldOut = Set(split.heldOut.map { groups[$0 - 100] })
      #expect(isWhole(split) && training.isDisjoint(with: heldOut))
      #expect(abs(split.heldOut.count - 40) <= 5)
      #expect(split == Split(rows: rows, groups: groups, fraction: 0.2, seed: UInt64(seed)))
    }
  }

  @Test func `Two groups of different size still make two parts`() {
    for seed in 0..<10 {
      let groups = (0..<200).map { $0 < 190 ? 0 : 1 }
      let split = Split(rows: rows, groups: groups, fraction: 0.3, seed: UInt64(seed))
      #expect(split.heldOut.count == 10 && split.training.count == 190)
    }
  }

  @Test func `The latest rows, and equal times together`() {
    // Times fall: the first rows are the latest.
    let times = (0..<200).map { Double(199 - $0) }
    #expect(Split(rows: rows, times: times, fraction: 0.25).heldOut == Array(100..<150))
    // Each time is shared by ten rows.
    let days = (0..<200).map { Double($0 / 10) }
    #expect(Split(rows: rows, times: days, fraction: 0.23).heldOut == Array(250..<300))
    #expect(Split(rows: rows, times: days, fraction: 0.27).heldOut == Array(250..<300))
  }

  @Test func `Rows without a time are for training`() {
    let times = (0..<200).map { $0 % 2 == 0 ? Double.nan : Double($0) }
    let split = Split(rows: rows, times: times, fraction: 0.1)
    #expect(isWhole(split) && split.heldOut.count == 20)
    #expect(split.heldOut.allSatisfy { ($0 - 100) % 2 == 1 && $0 >= 260 })
    #expect(Split(rows: rows, times: [Double](repeating: .nan, count: 200), fraction: 0.5).heldOut.isEmpty)
    #expect(Split(rows: rows, times: [Double](repeating: 4, count: 200), fraction: 0.5).heldOut.isEmpty)
  }

  @Test func `Folds are even, and keep the classes' proportions`() {
    let classes = (0..<200).map { $0 % 10 == 0 ? 1 : 0 }
    let folds = Folds(rows: rows, classes: classes, count: 5, seed: 3)
    #expect(folds.parts.flatMap { $0 }.sorted() == rows)
    for index in 0..<5 {
      let split = folds.split(index)
      #expect(isWhole(split) && split.heldOut.count == 40)
      #expect(split.heldOut.count { classes[$0 - 100] == 1 } == 4)
    }
    #expect(folds == Folds(rows: rows, classes: classes, count: 5, seed: 3))
    #expect(folds != Folds(rows: rows, classes: classes, count: 5, seed: 4))
  }

  @Test func `Folds of groups`() {
    let groups = (0..<200).map { $0 < 60 ? 0 : $0 % 11 + 1 }
    let folds = Folds(rows: rows, groups: groups, count: 3, seed: 1)
    #expect(folds.parts.flatMap { $0 }.sorted() == rows)
    let found = folds.parts.map { Set($0.map { groups[$0 - 100] }) }
    #expect(
      found[0].isDisjoint(with: found[1]) && found[1].isDisjoint(with: found[2]) && found[0].isDisjoint(with: found[2]))
    for part in folds.parts { #expect((55...80).contains(part.count)) }
  }

  @Test func `Folds in order`() {
    let inOrder = Folds(inOrder: [5, 4, 3, 2, 1], count: 2)
    #expect(inOrder.split(0) == Split(training: [5], heldOut: [3, 4]))
    #expect(inOrder.split(1) == Split(training: [3, 4, 5], heldOut: [1, 2]), "what comes later never trains")
  }
}
