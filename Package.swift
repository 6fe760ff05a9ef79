// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "chainrule",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Chainrule", targets: ["Chainrule"]),
    .library(name: "ChainruleCore", targets: ["ChainruleCore"]),
    .library(name: "ChainruleFigures", targets: ["ChainruleFigures"]),
  ],
  targets: [
    // The portable modules: no package, no Foundation. The Wasm build is the check.
    .target(name: "FromScratch"),
    // `squareRoot()` is an instruction, but for negative numbers the compiler keeps a way into the C mathematics library.
    .target(name: "ChainruleKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "ChainruleCore", dependencies: ["ChainruleKernels"]),
    .target(name: "ChainruleFigures", dependencies: ["ChainruleCore", "FromScratch"]),

    // The native library.
    .target(name: "Chainrule", dependencies: ["ChainruleCore"]),

    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(name: "FromScratchTests", dependencies: ["FromScratch"]),
    .testTarget(name: "ChainruleKernelsTests", dependencies: ["ChainruleKernels"]),
    .testTarget(name: "ChainruleFiguresTests", dependencies: ["ChainruleFigures"]),
    .testTarget(name: "ChainruleCoreTests", dependencies: ["ChainruleCore", "FromScratch", "AllocationCounter"]),
  ],
  swiftLanguageModes: [.v6]
)
