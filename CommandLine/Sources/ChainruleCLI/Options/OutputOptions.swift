import ArgumentParser

/// How much to print, and in which form.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the report as JSON, for programs.")
  var json = false

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false
}
