/// The shapes that networks have: a fan, a diamond, an autoencoder.
public final class ShapesFigure: PulseFigure {
  private static let shapes = [[1, 2, 3, 4], [1, 2, 3, 2, 1], [3, 2, 1, 2, 3]]

  /// A figure that begins with the fan.
  public init() {
    super.init(
      choice: (Parameter("shape", "Shape", .choice, maximum: 2, choices: "Fan|Diamond|Autoencoder"), 0),
      inputs: [
        (Parameter("input-1", "Input 1", .number, minimum: -1, maximum: 1, step: 0.05), 0.6),
        (Parameter("input-2", "Input 2", .number, minimum: -1, maximum: 1, step: 0.05), -0.4),
        (Parameter("input-3", "Input 3", .number, minimum: -1, maximum: 1, step: 0.05), 0.2),
      ],
      others: [], seed: 1)
  }

  private var choice: Int { Int(value(of: PulseFigure.choice)) }

  override var sizes: [Int] { ShapesFigure.shapes[choice] }

  override var shape: StaticString {
    switch choice {
    case 0: "Fan: each layer wider than the last. "
    case 1: "Diamond: widest in the middle. "
    default: "Autoencoder’s shape, untrained: squeezed into one number, then unfolded. "
    }
  }
}
