import ArgumentParser

/// Where results go, and how much is said.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the report as JSON, for programs.")
  var json = false

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false
}
