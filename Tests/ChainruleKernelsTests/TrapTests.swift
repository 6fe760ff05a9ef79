import Chainrule
import Foundation
import Testing

/// A programmer's mistake ends the program with a message, also in release builds.
@Suite struct TrapTests {
  private func said(_ result: ExitTest.Result?) throws -> String {
    String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
  }

  @Test func threads() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Kernels.native(threads: 0)
    }
    #expect(try said(result).contains("found 0 threads, expected at least 1"))
  }

  @Test func loopsThatTheCourseDoesNotTeach() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Network("1, 1 gelu").predict([1], kernels: .course)
    }
    #expect(try said(result).contains("the kernels .course have only the loops of the course's figures; use .portable"))
  }
}
