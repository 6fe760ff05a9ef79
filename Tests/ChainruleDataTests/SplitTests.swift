import ChainruleData
import Testing

@Suite struct SplitTests {
  private let classes = (0..<150).map { $0 / 50 }

  @Test func eachClassGivesItsShare() {
    let split = Split(classes: classes, fraction: 0.2, seed: 7)
    #expect(split.heldOut.count == 30)
    for label in 0..<3 { #expect(split.heldOut.count { classes[$0] == label } == 10) }
    #expect((split.training + split.heldOut).sorted() == Array(0..<150))
    #expect(split.training == split.training.sorted())
  }

  @Test func theSeedDecides() {
    #expect(Split(classes: classes, fraction: 0.2, seed: 7) == Split(classes: classes, fraction: 0.2, seed: 7))
    #expect(Split(classes: classes, fraction: 0.2, seed: 7) != Split(classes: classes, fraction: 0.2, seed: 8))
    #expect(Split(of: 100, fraction: 0.3, seed: 1) != Split(of: 100, fraction: 0.3, seed: 2))
  }

  @Test(arguments: [(3, 0.5, 2), (10, 0.25, 3), (10, 0, 0), (1, 0.9, 0), (2, 0.99, 1), (7, 0.1, 1)])
  func theSizeIsRounded(_ count: Int, _ fraction: Double, _ expected: Int) {
    #expect(Split(of: count, fraction: fraction, seed: 3).heldOut.count == expected)
    #expect(Split(lastOf: count, fraction: fraction).heldOut.count == expected)
  }

  @Test func unevenClassesAddUpAndKeepARow() {
    let classes = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2]
    let split = Split(classes: classes, fraction: 0.3, seed: 1)
    #expect(split.heldOut.count == 3)
    #expect(Set(split.training.map { classes[$0] }) == [0, 1, 2])
    #expect(Set(Split(classes: classes, fraction: 0.95, seed: 1).training.map { classes[$0] }) == [0, 1, 2])
  }

  @Test func theLastRowsInOrder() {
    let split = Split(lastOf: 10, fraction: 0.2)
    #expect(split.training == Array(0..<8))
    #expect(split.heldOut == [8, 9])
  }
}

@Suite struct ScalingTests {
  @Test func standardisedNumbersHaveMeanZeroAndDeviationOne() {
    let numbers = [2.0, 4, 4, 4, 5, 5, 7, 9]
    let scaling = Scaling(standardizing: numbers)
    #expect(scaling == Scaling(mean: 5, scale: 2))
    #expect(scaling.apply(9) == 2)
    #expect(scaling.undo(2) == 9)
  }

  @Test(arguments: [[3.0, 3, 3], [0.1, 0.1, 0.1], [1e8 + 0.1, 1e8 + 0.1, 1e8 + 0.1], [0, 0], [5]])
  func aConstantColumnKeepsItsScale(_ numbers: [Double]) {
    let scaling = Scaling(standardizing: numbers)
    #expect(scaling.scale == 1)
    #expect(abs(scaling.apply(numbers[0])) < 1e-6)
  }
}
