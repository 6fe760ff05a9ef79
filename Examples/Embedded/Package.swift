// swift-tools-version: 6.3
import PackageDescription

// The engine in a program without a runtime, as on a microcontroller: Embedded Swift, no Foundation.
//
//     swift build -c release -Xswiftc -enable-experimental-feature -Xswiftc Embedded -Xswiftc -wmo
let package = Package(
  name: "EmbeddedTraining",
  dependencies: [.package(name: "chainrule", path: "../..")],
  targets: [
    .executableTarget(
      name: "EmbeddedTraining", dependencies: [.product(name: "ChainruleCore", package: "chainrule")])
  ],
  swiftLanguageModes: [.v6]
)
