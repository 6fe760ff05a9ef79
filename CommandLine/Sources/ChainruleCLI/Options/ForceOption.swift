import ArgumentParser

/// Permission to replace a file.
struct ForceOption: ParsableArguments {
  @Flag(help: "Replace an existing output file of any kind.")
  var force = false
}
