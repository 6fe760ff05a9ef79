import ArgumentParser
import Chainrule
import ChainruleData
import ChainruleFormats
import Foundation

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on a table and save it.",
    discussion: """
      The table is a CSV file with a header. One column is the target; all others are inputs and must hold numbers. \
      Text in the target column stands for classes, which are numbered in sorted order: end the schema in one softmax \
      output per class, or, for two classes, in one sigmoid output. A linear last layer predicts a number.

      A part of the rows is held out by the seed, of each class in proportion, and numbers are standardised by the \
      mean and standard deviation of the rest; so is the target, if it is a number and the last layer linear. \
      Losses and errors are reported in the target's own units. Ctrl-C stops after the epoch and saves what is there; \
      pressed again, it stops at once.

      Example: chainrule train iris.csv --target species --schema "4, 8 relu, 3 softmax"
      """)

  @Argument(help: ArgumentHelp("The table: a CSV file with a header.", valueName: "file.csv"))
  var table: String

  @Option(help: ArgumentHelp("The column to predict.", valueName: "column"))
  var target: String

  @Option(
    help: ArgumentHelp(
      "The network: inputs, then each layer's perceptrons and activation, as \"4, 8 relu, 3 softmax\" or "
        + "'[4, [8, \"relu\"], [3, \"softmax\"]]'. Activations: "
        + Activation.all.map(\.name).joined(separator: ", ")
        + ". Between layers may stand batchnorm, layernorm and dropout 0.5.",
      valueName: "schema"))
  var schema: String

  @Option(
    help: ArgumentHelp("Where to save the model. (default: the table's name with .safetensors)", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Times to go through all rows; 0 saves the initial weights.", valueName: "count"))
  var epochs = 200

  @Option(help: ArgumentHelp("Rows in one step of training.", valueName: "rows"))
  var batchSize = 16

  @Option(help: "How steps are made.")
  var optimizer = OptimizerName(argument: "sgd")!

  @Option(
    help: ArgumentHelp(
      "How far to go in one step. (default: 0.05 for sgd, else the optimizer's own)", valueName: "rate"))
  var learningRate: Float?

  @Option(help: ArgumentHelp("The learning rate of biases. (default: that of the weights)", valueName: "rate"))
  var biasLearningRate: Float?

  @Option(help: ArgumentHelp("Adds this times the sum of the squared weights to the loss.", valueName: "factor"))
  var l2: Float = 0

  @Option(
    help: """
      What to make small. (default: binary-cross-entropy for sigmoid, cross-entropy for softmax, else \
      mean-squared-error)
      """)
  var loss: Loss?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "How weights start. (default: he-uniform for relu and its kin, lecun-normal for selu, xavier-uniform for the others)",
      valueName: "initializer"))
  var initializer: Initializer?

  @Option(
    help: ArgumentHelp(
      "Start from these weights: layers.N.weight, (outputs, inputs), and layers.N.bias, N from 0.",
      valueName: "file.safetensors"))
  var initialWeights: String?

  @Option(help: ArgumentHelp("The part of the rows to hold out, from 0 up to, and without, 1.", valueName: "fraction"))
  var holdout = 0.2

  @Option(help: ArgumentHelp("Fixes the weights, the rows held out and the order of training.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Train in the table's order, and hold out its last rows.")
  var noShuffle = false

  @Flag(help: "Train on the numbers as they are.")
  var noStandardize = false

  func validate() throws {
    func check(_ isRight: Bool, _ message: String) throws {
      if !isRight { throw ValidationError(message) }
    }
    try check(epochs >= 0, "--epochs must be 0 or more, found \(epochs)")
    try check(batchSize >= 1, "--batch-size must be 1 or more, found \(batchSize)")
    if let rate = learningRate {
      try check(rate.isFinite && rate > 0, "--learning-rate must be above 0, found \(rate)")
    }
    if let rate = biasLearningRate {
      try check(rate.isFinite && rate >= 0, "--bias-learning-rate must be 0 or more, found \(rate)")
    }
    try check(l2.isFinite && l2 >= 0, "--l2 must be 0 or more, found \(l2)")
    try check(holdout >= 0 && holdout < 1, "--holdout must be from 0 up to, and without, 1, found \(holdout)")
    try check(initialWeights == nil || initializer == nil, "--init and --initial-weights exclude each other")
    let schema = try parsedSchema()
    if let loss {
      try check(loss.fits(schema), TrainingError.lossDoesNotFit(loss, schema: schema).description)
    }
  }

  private func parsedSchema() throws -> Schema {
    do {
      return try Schema(parsing: schema)
    } catch {
      throw ValidationError(error.message)
    }
  }

  /// Where the model is saved.
  private var modelPath: String {
    output ?? URL(fileURLWithPath: table).deletingPathExtension().lastPathComponent + ".safetensors"
  }

  func run() throws {
    let schema = try parsedSchema()
    try SavedFile.check(modelPath)
    let task = try TableTask(
      Table(contentsOf: table), target: target, schema: schema, loss: loss, holdout: holdout, seed: seed,
      shuffles: !noShuffle, standardizes: !noStandardize)
    let start =
      if let initialWeights {
        try Network(schema, tensors: TensorFile(contentsOf: initialWeights))
      } else {
        Network(schema, initializer: initializer, seed: seed)
      }
    var run = try TrainingRun(
      network: start, data: task.training, loss: task.loss, optimizer: chosenOptimizer,
      regularizer: Regularizer(l2: l2), stopping: .after(epochs: epochs), batchSize: batchSize, shuffles: !noShuffle,
      seed: seed, kernels: .native)
    try train(&run, lossScale: task.lossScale)
    let model = task.model(run.network, training: settings(epochs: run.epochs))
    try model.save(to: modelPath)
    let report = Evaluation.report(model, trainedFor: task) + "saved \(modelPath)\n"
    // A model that goes to standard output is not to be mixed with words.
    if isStandardOutput(modelPath) { StandardError.writeRaw(report) } else { try StandardOutput.write(report) }
    if !run.isFinished { throw ExitCode(128 + SIGINT) }
  }

  /// Trains for all epochs, or until an interrupt.
  private func train(_ run: inout TrainingRun, lossScale: Double) throws {
    var progress = Progress(epochs: epochs)
    Interruption.watch()
    defer { Interruption.unwatch() }
    do {
      while !Interruption.isRequested, let epoch = try run.nextEpoch() {
        progress.show(epoch.index, loss: Double(epoch.loss) * lossScale)
      }
    } catch {
      progress.end()
      throw Failure(code: .data, message: "training stopped and nothing was saved: \(error)")
    }
    progress.end()
    if !run.isFinished {
      StandardError.write("interrupted after epoch \(run.epochs) of \(epochs)")
    } else if run.epochs < epochs {
      StandardError.write("converged after epoch \(run.epochs) of \(epochs)")
    }
  }

  private var chosenOptimizer: Optimizer {
    optimizer.optimizer(learningRate: learningRate, biasLearningRate: biasLearningRate)
  }

  private func settings(epochs: Int) -> [String: String] {
    [
      "epochs": "\(epochs)", "batch_size": "\(batchSize)", "optimizer": optimizer.name,
      "learning_rate": "\(chosenOptimizer.learningRate)", "bias_learning_rate": "\(chosenOptimizer.biasLearningRate)",
      "l2": "\(l2)",
      "initializer": initialWeights == nil ? initializer?.name ?? "standard" : "weights from a file",
      "holdout": "\(holdout)", "shuffle": "\(!noShuffle)", "standardize": "\(!noStandardize)",
    ]
  }

  private func isStandardOutput(_ path: String) -> Bool {
    var file = stat()
    var stream = stat()
    return stat(path, &file) == 0 && fstat(STDOUT_FILENO, &stream) == 0 && file.st_dev == stream.st_dev
      && file.st_ino == stream.st_ino
  }
}
