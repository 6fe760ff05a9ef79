/// An exercise that a figure checks: the page asks for it, and the figure notices when the reader has done it.
public struct Goal: Sendable {
  /// What pages and programs call it, such as `one-step`.
  public let name: StaticString
  /// What to do, as a sentence: `Find the learning rate that arrives in one step.`
  public let text: StaticString

  init(_ name: StaticString, _ text: StaticString) {
    self.name = name
    self.text = text
  }
}
