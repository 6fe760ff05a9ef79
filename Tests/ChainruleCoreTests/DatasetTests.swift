import ChainruleCore
import Testing

@Suite struct DatasetTests {
  @Test("a split is stratified", arguments: [UInt64](0..<50))
  func splitIsStratified(_ seed: UInt64) {
    // Four of a hundred samples are in the second class: without stratification, none would be held out for every other
    // seed.
    let classes = (0..<100).map { $0 % 25 == 3 ? 1 : 0 }
    let inputs = (0..<100).map(Float.init)
    for data in [
      Dataset(inputs: inputs, targets: classes.map(Float.init)),
      Dataset(inputs: inputs, classes: classes, classCount: 2, inputCount: 1),
    ] {
      let (training, heldOut) = data.split(holdout: 0.25, seed: seed)
      #expect(training.count == 75 && heldOut.count == 25)
      #expect((0..<25).count { heldOut.classNumber($0) == 1 } == 1)
      #expect((training.inputs + heldOut.inputs).sorted() == inputs)
    }
  }

  @Test func aSplitOfNumbersDrawsFromAllAlike() {
    let values = (0..<10).map { Float($0) / 3 }
    let data = Dataset(inputs: values, targets: values)
    let (training, heldOut) = data.split(holdout: 0.2, seed: 1)
    #expect(training.count == 8 && heldOut.count == 2)
    #expect(data.split(holdout: 0.2, seed: 1).heldOut == heldOut)
    #expect((0..<20).contains { data.split(holdout: 0.2, seed: $0).heldOut != heldOut })
    #expect(data.split(holdout: 0.99, seed: 1).training.count == 1, "a sample is left to train on")
  }
}
