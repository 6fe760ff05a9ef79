/// Something about a figure that can be set: by a control, an attribute in a page, or a program.
public struct Parameter: Sendable {
  /// How it is set, and what control fits.
  public enum Kind: Int32, Sendable {
    /// A button; setting it does something.
    case action = 0
    /// On (1) or off (0).
    case toggle
    /// A number.
    case number
    /// One of several, counted from 0.
    case choice
    /// A number without a control, for pages and programs.
    case hidden
    /// A positive number over several orders of magnitude. A minimum of 0 means that 0, off, is allowed, and `step` is
    /// the smallest number above it.
    case logarithmic
  }

  /// The name in attributes and programs, such as `learning-rate`.
  public let name: StaticString
  /// The words on the control.
  public let label: StaticString
  /// How it is set.
  public let kind: Kind
  /// The smallest value.
  public let minimum: Float
  /// The largest value.
  public let maximum: Float
  /// The distance between values.
  public let step: Float
  /// The words for a choice's values, with `|` between them.
  public let choices: StaticString

  // Inlined, every parameter of every figure would bring the code of this.
  @inline(never)
  init(
    _ name: StaticString, _ label: StaticString, _ kind: Kind, minimum: Float = 0, maximum: Float = 1, step: Float = 1,
    choices: StaticString = ""
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.minimum = minimum
    self.maximum = maximum
    self.step = step
    self.choices = choices
  }
}
