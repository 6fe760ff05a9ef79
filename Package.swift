// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "chainrule",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Chainrule", targets: ["Chainrule"]),
    .library(name: "ChainruleCore", targets: ["ChainruleCore"]),
    .library(name: "ChainruleFigures", targets: ["ChainruleFigures"]),
    .library(name: "ChainruleData", targets: ["ChainruleData"]),
    .library(name: "ChainruleFormats", targets: ["ChainruleFormats"]),
    .library(name: "FromScratch", targets: ["FromScratch"]),
    .executable(name: "chainrule", targets: ["ChainruleCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
  ],
  targets: [
    // The portable modules: no package, no Foundation. The Wasm build is the check.
    .target(name: "FromScratch"),
    // `squareRoot()` is an instruction, but for negative numbers the compiler keeps a way into the C mathematics library.
    .target(name: "ChainruleKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "ChainruleCore", dependencies: ["ChainruleKernels"]),
    .target(name: "ChainruleFigures", dependencies: ["ChainruleCore", "ChainruleKernels", "FromScratch"]),

    // The native library and the tools around it.
    .target(name: "Chainrule", dependencies: ["ChainruleCore"]),
    .target(
      name: "ChainruleData",
      dependencies: ["Chainrule", .product(name: "SwiftCSV", package: "SwiftCSV")]
    ),
    .target(name: "ChainruleFormats", dependencies: ["Chainrule", "ChainruleData"]),
    .target(
      name: "ChainruleServer",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]
    ),
    .executableTarget(
      name: "ChainruleCLI",
      dependencies: [
        "Chainrule", "ChainruleData", "ChainruleFormats", "ChainruleServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),

    .testTarget(name: "FromScratchTests", dependencies: ["FromScratch"]),
    .testTarget(name: "ChainruleKernelsTests", dependencies: ["ChainruleKernels"]),
    .testTarget(name: "ChainruleCoreTests", dependencies: ["ChainruleCore", "FromScratch", "AllocationCounter"]),
    .testTarget(name: "ChainruleFiguresTests", dependencies: ["ChainruleFigures"]),
    .testTarget(name: "ChainruleDataTests", dependencies: ["ChainruleData"]),
    .testTarget(name: "ChainruleFormatsTests", dependencies: ["ChainruleFormats"]),
    .testTarget(name: "ChainruleServerTests", dependencies: ["ChainruleServer"]),
    .testTarget(name: "ChainruleCLITests", dependencies: ["ChainruleCLI"]),
    .testTarget(name: "DocumentationTests", dependencies: ["Chainrule"]),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
  ],
  swiftLanguageModes: [.v6]
)
