// swift-tools-version: 6.3
import PackageDescription

// The `chainrule` command and the server behind `chainrule lab`, in a separate package, so that programs that use the
// library don't resolve other packages. `make` builds both.
let library: [Target.Dependency] = [
  "ChainruleCore", "ChainruleTables", "Chainrule", "ChainruleData", "ChainruleFormats",
].map { .product(name: $0, package: "chainrule") }
let figures: [Target.Dependency] = ["ChainruleFigures", "ChainruleSVG"].map { .product(name: $0, package: "chainrule") }

let package = Package(
  name: "CommandLine",
  platforms: [.macOS(.v26)],
  products: [.executable(name: "chainrule", targets: ["ChainruleCLI"])],
  dependencies: [
    .package(name: "chainrule", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
  ],
  targets: [
    .target(
      name: "ChainruleServer",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]
    ),
    .executableTarget(
      name: "ChainruleCLI",
      dependencies: library + figures + [
        "ChainruleServer", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .testTarget(name: "ChainruleServerTests", dependencies: ["ChainruleServer", "ChainruleCLI"]),
    .testTarget(name: "ChainruleCLITests", dependencies: ["ChainruleCLI"]),
  ],
  swiftLanguageModes: [.v6]
)
