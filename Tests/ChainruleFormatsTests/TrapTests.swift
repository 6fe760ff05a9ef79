import ChainruleFormats
import Foundation
import Testing

/// A programmer's mistake ends the program with a message, also in release builds.
@Suite struct TrapTests {
  static func model(inputs: Int = 1, loss: Loss = .binaryCrossEntropy) throws -> TabularModel {
    let table = try Table(csv: "x,k\n1,a\n2,b\n3,a\n4,b\n")
    let schema = try Schema(inputs: inputs, layers: [Schema.Layer(1, .sigmoid)])
    return TabularModel(
      encoding: try TableEncoding.fit(table, targets: ["k"]), network: Network(schema), loss: loss)
  }

  private func said(_ result: ExitTest.Result?) throws -> String {
    String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
  }

  @Test func tensors() async throws {
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(name: "w", shape: [2, 3], values: [1, 2])
    }
    #expect(try said(few).contains("tensor “w”: found 2 values for the shape (2, 3), expected one for each place"))
    let bytes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(name: "w", shape: [2], format: .float16, bytes: Data(count: 3))
    }
    #expect(try said(bytes).contains("tensor “w”: found 3 bytes of F16 for the shape (2), expected 4"))
    let half = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(name: "w", shape: [3], format: .float4, bytes: Data(count: 2))
    }
    #expect(try said(half).contains("found 2 bytes of F4 for the shape (3), expected a shape that takes whole bytes"))
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let tensor = Tensor(name: "w", shape: [], values: [1])
      _ = TensorFile(name: "m", tensors: [tensor, tensor])
    }
    #expect(try said(twice).contains("m: found two tensors with the name “w”; the names in a file are all different"))
  }

  @Test func models() async throws {
    let network = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TrapTests.model(inputs: 3)
    }
    #expect(
      try said(network).contains(
        "found a network with 3 inputs and 1 output for an encoding with 1 and 1; they must be"))
    let loss = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TrapTests.model(loss: .crossEntropy)
    }
    #expect(
      try said(loss).contains("found the loss cross-entropy for the schema [1, [1, \"sigmoid\"]], whose last layer"))
    let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TrapTests.model().predict(Table(csv: "x\n1\n", name: "t"), rows: [1])
    }
    #expect(try said(row).contains("table t: found row 1, expected one below 1; rows count from 0"))
    let judged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try TrapTests.model().evaluate(on: Table(csv: "x,k\n1,a\n", name: "t"), rows: [-1])
    }
    #expect(try said(judged).contains("table t: found row -1, expected one below 1; rows count from 0"))
  }
}
