import ArgumentParser

/// Permission to replace a file.
struct ForceOption: ParsableArguments {
  @Flag(help: "Replace the output file, whatever it is.")
  var force = false
}
