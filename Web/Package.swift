// swift-tools-version: 6.3
import PackageDescription

// The WebAssembly module, made of the portable modules and a thin layer of exports, with Embedded Swift.
// `make site` builds it. `Engine` is a link to the sources of the package above: depending on that package
// instead would fetch and plan everything the server and the command line need.
//
// The kernels are compiled for speed, what stands above them for size: there a page waits for bytes, not for arithmetic.
let forSize: [SwiftSetting] = [.unsafeFlags(["-Osize"])]

let package = Package(
  name: "chainrule-web",
  targets: [
    .target(name: "FromScratch", path: "Engine/FromScratch"),
    .target(name: "ChainruleKernels", path: "Engine/ChainruleKernels"),
    .target(
      name: "ChainruleCore", dependencies: ["ChainruleKernels"], path: "Engine/ChainruleCore", swiftSettings: forSize),
    .target(
      name: "ChainruleTables", dependencies: ["ChainruleCore", "ChainruleKernels"], path: "Engine/ChainruleTables",
      swiftSettings: forSize),
    .target(
      name: "ChainruleFigures",
      dependencies: ["ChainruleCore", "ChainruleKernels", "FromScratch"],
      path: "Engine/ChainruleFigures",
      swiftSettings: forSize
    ),
    .target(name: "WasmAllocator"),
    // The figures come in three modules, made from the same file.
    .executableTarget(
      name: "ChainruleOpeningWasm", dependencies: ["ChainruleFigures", "WasmAllocator"],
      swiftSettings: forSize + [.define("OPENING")]),
    .executableTarget(
      name: "ChainruleWasm", dependencies: ["ChainruleFigures", "WasmAllocator"], swiftSettings: forSize),
    .executableTarget(
      name: "ChainruleLearningWasm", dependencies: ["ChainruleFigures", "WasmAllocator"],
      swiftSettings: forSize + [.define("LEARNING")]),
    // For the tests: the engine alone and trainings that go through all of it, and the same for tables.
    .target(name: "EngineFingerprints", dependencies: ["ChainruleCore"], path: "EngineFingerprints"),
    .executableTarget(name: "FingerprintWasm", dependencies: ["EngineFingerprints", "WasmAllocator"]),
    .target(
      name: "TableFingerprints", dependencies: ["ChainruleCore", "ChainruleTables"], path: "TableFingerprints"),
    .executableTarget(name: "TablesWasm", dependencies: ["TableFingerprints", "WasmAllocator"]),
    // For `make bench-browser`.
    .executableTarget(
      name: "BenchmarkWasm", dependencies: ["ChainruleCore", "ChainruleKernels", "WasmAllocator"],
      swiftSettings: forSize),
  ],
  swiftLanguageModes: [.v6]
)
