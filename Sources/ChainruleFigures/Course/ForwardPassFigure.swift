/// A number's way through a network of three to five layers.
public final class ForwardPassFigure: PulseFigure {
  private static let firstHidden = 4

  /// A figure with four layers.
  public init() {
    super.init(
      choice: (Parameter("layers", "Layers", .choice, maximum: 2, choices: "3 layers|4 layers|5 layers"), 1),
      inputs: [(Parameter("input", "Input", .number, minimum: -1, maximum: 1, step: 0.05), 0.6)],
      others: HiddenLayers.sliders(maximum: 4, [3, 2, 3]), seed: 4)
  }

  private var hiddenLayers: Int { Int(value(of: PulseFigure.choice)) + 1 }

  override var sizes: [Int] {
    var sizes = [1]
    for hidden in 0..<hiddenLayers { sizes.append(Int(value(of: ForwardPassFigure.firstHidden + hidden) + 0.5)) }
    return sizes + [1]
  }

  /// Whether a parameter means anything now: sliders of layers that the network has do.
  public override func isAvailable(_ parameter: Int) -> Bool {
    let hidden = parameter - ForwardPassFigure.firstHidden
    return hidden < hiddenLayers || hidden > 2
  }
}
