import Foundation
import Testing

/// The listing of one training step, next to the figure that runs it.
struct ListingTests {
  @Test func eachStageHasALine() throws {
    let text = try Repository.text(of: "Snippets/TrainingStep.swift")
    let start = try #require(text.range(of: "// snippet.step\n"))
    let end = try #require(text.range(of: "// snippet.end\n", range: start.upperBound..<text.endIndex))
    let listing = text[start.upperBound..<end.lowerBound]
    let stages = listing.matches(of: /\/\/ (\d)\. (\w+)\n/).map { "\($0.1) \($0.2)" }
    #expect(stages == ["1 batch", "2 forward", "3 loss", "4 backward", "5 update"])
  }

  @Test func theStepLearns() throws {
    let (status, output) = try Repository.run(snippet: "TrainingStep")
    #expect(status == 0)
    let losses = output.split(separator: "\n").compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    try #require(losses.count == 2)
    #expect(losses[1] < losses[0] / 5)
  }
}
