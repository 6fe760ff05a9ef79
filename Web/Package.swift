// swift-tools-version: 6.3
import PackageDescription

// The WebAssembly module, made of the portable modules and a thin layer of exports, with Embedded Swift.
// `make site` builds it. `Engine` is a link to the sources of the package above: depending on that package
// instead would fetch and plan everything the server and the command line need.
let package = Package(
  name: "chainrule-web",
  targets: [
    .target(name: "FromScratch", path: "Engine/FromScratch"),
    .target(name: "ChainruleKernels", path: "Engine/ChainruleKernels"),
    .target(name: "ChainruleCore", dependencies: ["ChainruleKernels"], path: "Engine/ChainruleCore"),
    .target(
      name: "ChainruleFigures",
      dependencies: ["ChainruleCore", "ChainruleKernels", "FromScratch"],
      path: "Engine/ChainruleFigures"
    ),
    .target(name: "WasmAllocator"),
    .executableTarget(name: "ChainruleWasm", dependencies: ["ChainruleFigures", "WasmAllocator"]),
    // For the tests: the engine alone, and trainings that go through all of it.
    .target(name: "EngineFingerprints", dependencies: ["ChainruleCore"], path: "EngineFingerprints"),
    .executableTarget(name: "FingerprintWasm", dependencies: ["EngineFingerprints", "WasmAllocator"]),
  ],
  swiftLanguageModes: [.v6]
)
