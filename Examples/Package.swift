// swift-tools-version: 6.3
import PackageDescription

// Six programs like those that users write, in a package that depends on Chainrule as theirs would. `make examples`
// runs them, and so does a test.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "chainrule", path: "..")],
  targets: [
    .executableTarget(name: "Penguins", dependencies: [.product(name: "ChainruleFormats", package: "chainrule")]),
    .executableTarget(name: "ClassifyTable", dependencies: [.product(name: "ChainruleFormats", package: "chainrule")]),
    .executableTarget(name: "FitCurve", dependencies: [.product(name: "Chainrule", package: "chainrule")]),
    .executableTarget(name: "Autoencoder", dependencies: [.product(name: "Chainrule", package: "chainrule")]),
    .executableTarget(name: "ResumeTraining", dependencies: [.product(name: "Chainrule", package: "chainrule")]),
    .executableTarget(name: "InspectGradients", dependencies: [.product(name: "Chainrule", package: "chainrule")]),
  ],
  swiftLanguageModes: [.v6]
)
