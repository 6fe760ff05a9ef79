import Chainrule
import ChainruleData
import Foundation
import Testing

@Suite struct TargetTests {
  private func infer(_ cells: [String], _ schema: Schema, _ loss: Loss? = nil) throws(TargetError) -> Target {
    let text = "y,x\n" + cells.map { "\($0),1\n" }.joined()
    let table: Table
    do {
      table = try Table(csv: Data(text.utf8), name: "t.csv")
    } catch {
      throw .table(error)
    }
    return try Target.infer(0, of: table, schema: schema, loss: loss ?? .standard(for: schema))
  }

  @Test func classesAreSorted() throws {
    #expect(try infer(["b", "a", "b", "c"], "1, 3 softmax") == .classes(["a", "b", "c"]))
    #expect(try infer(["é", "z", "Z"], "1, 3 softmax") == .classes(["Z", "z", "é"]))
    #expect(try infer(["10", "9", "-1"], "1, 3 softmax") == .classes(["-1", "9", "10"]))
    #expect(try infer(["10", "9", "x"], "1, 3 softmax") == .classes(["10", "9", "x"]))
  }

  @Test func twoClassesFitOneSigmoidOrTwoSoftmaxOutputs() throws {
    #expect(try infer(["yes", "no"], "1, 1 sigmoid") == .classes(["no", "yes"]))
    #expect(try infer(["yes", "no"], "1, 2 softmax") == .classes(["no", "yes"]))
    #expect(try infer(["yes", "no"], "1, 1 sigmoid", .squaredError) == .classes(["no", "yes"]))
    #expect(try infer(["0", "1"], "1, 1 sigmoid") == .classes(["0", "1"]))
  }

  @Test func numbersStayNumbers() throws {
    #expect(try infer(["1", "2.5"], "1, 1") == .number(.identity))
    #expect(try infer(["1", "2.5"], "1, 1 relu") == .number(.identity))
    #expect(try infer(["0.25", "0.5"], "1, 1 sigmoid", .squaredError) == .number(.identity))
  }

  @Test func whatDoesNotFitIsRefused() {
    func error(_ cells: [String], _ schema: Schema) -> String {
      "\(#expect(throws: TargetError.self) { try infer(cells, schema) }!)"
    }
    #expect(error(["a", "a"], "1, 1 sigmoid").contains("one class only, “a”"))
    let three = error(["a", "b", "c"], "1, 1 sigmoid")
    #expect(three.contains("3 classes (a, b, c)") && three.contains("“1 sigmoid”") && three.contains("“3 softmax”"))
    #expect(error(["a", "b", "c"], "1, 2 softmax").contains("end the schema in “3 softmax”"))
    #expect(error(["a", "b"], "1, 2 sigmoid").contains("end the schema in “1 sigmoid” or “2 softmax”"))
    let text = error(["1", "b", "3"], "1, 1")
    #expect(text.contains("row 2 (line 3)") && text.contains("“b”") && text.contains("“3 softmax”"))
    #expect(error(["1", "2"], "1, 3").contains("the schema has 3 outputs"))
    #expect(error(["1", "", "3"], "1, 1").contains("row 2 (line 3), column “y”: the cell is empty"))
    #expect(error((0..<30).map(String.init), "1, 1 sigmoid").contains("or in “1” to predict a number"))
  }

  @Test func classNumbersFollowTheModel() throws {
    let table = try Table(csv: Data("y\nb\na\nc\n".utf8), name: "t.csv")
    #expect(try Target.classNumbers(inColumn: 0, of: table, classes: ["a", "b", "c"]) == [1, 0, 2])
    let error = #expect(throws: TableError.self) {
      try Target.classNumbers(inColumn: 0, of: table, classes: ["a", "b"])
    }
    #expect(error?.problem == .unknownLabel("c", known: ["a", "b"]))
    #expect(error?.line == 4)
  }
}
