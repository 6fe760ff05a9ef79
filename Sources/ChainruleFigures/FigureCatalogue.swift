/// All figures, by name, in the order of the course.
public enum FigureCatalogue {
  /// One kind of figure.
  public struct Entry: Sendable {
    /// What pages and programs call it.
    public let name: StaticString
    /// What people call it: one line that says what it shows.
    public let title: StaticString
    /// Makes a new one, as it is before anybody touches it.
    public let make: @Sendable () -> any Figure
  }

  /// Every figure there is.
  public static let entries = opening + computing + learning

  /// The figures of the page's first screens: a WebAssembly module of their own, so that they start at once.
  public static let opening: [Entry] = [
    Entry(name: "hero", title: "A network learns, and shows what each perceptron sees") { HeroFigure() },
    Entry(name: "line-fit", title: "One perceptron fits a line") { LineFitFigure() },
    Entry(name: "one-perceptron", title: "One perceptron separates two species") { OnePerceptronFigure() },
  ]

  /// The figures in which networks compute and nothing is trained: they fill the course's first half, and have a
  /// WebAssembly module of their own.
  public static let computing: [Entry] = [
    Entry(name: "forward-pass", title: "A number goes through a network") { ForwardPassFigure() },
    Entry(name: "shapes", title: "Networks have shapes") { ShapesFigure() },
    Entry(name: "parameters", title: "How many numbers a network learns") { ParametersFigure() },
    Entry(name: "linear-collapse", title: "Five layers without activations make a line") { LinearCollapseFigure() },
    Entry(name: "relu", title: "A perceptron's line and what its activation makes of it") { ActivationFigure() },
    Entry(name: "relu-network", title: "The bent curve of a small network of ReLUs") { ReLUNetworkFigure() },
    Entry(name: "chain-two", title: "The chain rule for two perceptrons in a row") { ChainFigure(.two) },
    Entry(name: "chain-three", title: "The chain rule for three perceptrons in a row") { ChainFigure(.three) },
    Entry(name: "chain-branch", title: "The chain rule where paths part and meet again") { ChainFigure(.branch) },
    Entry(name: "learning-rate", title: "Gradient descent on a parabola") { LearningRateFigure() },
  ]

  /// The figures in which networks learn.
  public static let learning: [Entry] = [
    Entry(name: "backpropagation", title: "Backpropagation, step by step") { BackpropagationFigure() },
    Entry(name: "regression", title: "A network learns a curve") { RegressionFigure() },
    Entry(name: "classification", title: "A network learns a boundary") { ClassificationFigure() },
    Entry(name: "softmax", title: "Three species of penguins by softmax") { SoftmaxFigure() },
    Entry(name: "vanishing-exploding", title: "How δ travels back through many layers") { VanishingFigure() },
    Entry(name: "optimizers", title: "Five optimizers race") { OptimizersFigure() },
    Entry(name: "regularization", title: "Overfitting, and what helps against it") { RegularizationFigure() },
    Entry(name: "batches", title: "Batches of one, of eight, of all samples") { BatchFigure() },
  ]

  /// A new figure of that name, in UTF-8; `nil` if there is none among `entries`.
  public static func make(named name: [UInt8], among entries: [Entry] = entries) -> (any Figure)? {
    for entry in entries where entry.name.isEqual(to: name) { return entry.make() }
    return nil
  }
}
