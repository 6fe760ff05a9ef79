import ChainruleFigures

extension Parameter {
  /// The words for its values, from 0 on.
  public var words: [String] {
    switch kind {
    case .toggle: ["off", "on"]
    case .choice: choices.description.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    default: []
    }
  }

  /// Whether it can have this value.
  public func takes(_ value: Float) -> Bool {
    if !value.isFinite || isWhole && value != value.rounded() { return false }
    if kind == .logarithmic && minimum == 0 && value < step { return value == 0 }
    return value >= minimum && value <= maximum
  }

  /// The values that it can have, as text: `1 to 4`.
  public var range: String {
    func number(_ value: Float) -> String { Markup.number(value, decimals: 6) }
    switch kind {
    case .action: return "an action"
    case .toggle, .choice: return words.joined(separator: ", ")
    case .number, .hidden, .logarithmic:
      let low = minimum == 0 && kind == .logarithmic ? "0, or \(number(step))" : number(minimum)
      return "\(low) to \(number(maximum))" + (isWhole ? ", whole" : "")
    }
  }

  private var isWhole: Bool {
    kind == .choice || kind == .toggle || step == step.rounded() && minimum == minimum.rounded()
  }
}
