import ArgumentParser

/// Where to save a model.
struct ModelOutput: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Where to save the model, - for standard output. An older model there is replaced, any other file only with "
        + "--force. (default: the table's name with .safetensors)",
      valueName: "file"))
  var output: String?
}
