import ArgumentParser

/// Where results go, and how much is said.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the report as JSON, for programs.")
  var json = false

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false
}

/// Permission to replace a file.
struct ForceOption: ParsableArguments {
  @Flag(help: "Replace the output file even if it isn't a model.")
  var force = false
}
