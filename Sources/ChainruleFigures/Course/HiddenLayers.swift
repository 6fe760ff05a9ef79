/// The sliders for how many perceptrons the hidden layers have.
enum HiddenLayers {
  private static let names: [StaticString] = ["hidden-1", "hidden-2", "hidden-3", "hidden-4"]
  private static let labels: [StaticString] = [
    "First hidden layer", "Second hidden layer", "Third hidden layer", "Fourth hidden layer",
  ]

  /// One for each layer that there may be.
  static func sliders(maximum: Float, _ sizes: [Float]) -> [(parameter: Parameter, value: Float)] {
    var sliders: [(parameter: Parameter, value: Float)] = []
    for (i, size) in sizes.enumerated() {
      sliders.append((Parameter(names[i], labels[i], .number, minimum: 1, maximum: maximum), size))
    }
    return sliders
  }
}
