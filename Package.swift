// swift-tools-version: 6.3
import PackageDescription

let engine: [Target.Dependency] = ["ChainruleCore", "ChainruleKernels"]
let library: [Target.Dependency] = engine + ["Chainrule"]

// Loops for one instruction set, where the compiler knows that set.
#if arch(x86_64)
  let instructionSets: [Target] = [
    .target(name: "VectorIntrinsics"),
    .target(
      name: "ChainruleKernelsX86V3", dependencies: ["VectorIntrinsics"],
      swiftSettings: [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]),
  ]
#else
  let instructionSets: [Target] = []
#endif
let instructionSetNames: [Target.Dependency] = instructionSets.map { .target(name: $0.name) }

let package = Package(
  name: "chainrule",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Chainrule", targets: ["Chainrule"]),
    .library(name: "ChainruleCore", targets: ["ChainruleCore"]),
    .library(name: "ChainruleTables", targets: ["ChainruleTables"]),
    .library(name: "ChainruleFigures", targets: ["ChainruleFigures"]),
    .library(name: "ChainruleSVG", targets: ["ChainruleSVG"]),
    .library(name: "ChainruleData", targets: ["ChainruleData"]),
    .library(name: "ChainruleFormats", targets: ["ChainruleFormats"]),
    .library(name: "FromScratch", targets: ["FromScratch"]),
  ],
  // A target names every module of ours whose types it sees, also those that another one passes on: SwiftPM compiles it
  // again only when a module that it names has changed.
  targets: [
    // The portable modules: no package, no Foundation. The Wasm build is the check.
    .target(name: "FromScratch"),
    // `squareRoot()` is an instruction, but for negative numbers the compiler keeps a way into the C mathematics library.
    .target(name: "ChainruleKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "ChainruleCore", dependencies: ["ChainruleKernels"]),
    .target(name: "ChainruleTables", dependencies: engine),
    .target(name: "ChainruleFigures", dependencies: engine + ["FromScratch"]),

    // The figures as pictures, and what the site is built from; this part of the package needs no other package.
    .target(name: "ChainruleSVG", dependencies: engine + ["ChainruleFigures"]),
    .executableTarget(
      name: "SiteMaterial", dependencies: engine + ["FromScratch", "ChainruleFigures", "ChainruleSVG"],
      path: "Tools/SiteMaterial"),

    // The native library and the tools around it.
    .target(name: "CPUFeatures"),
    .target(name: "Chainrule", dependencies: engine + ["CPUFeatures"] + instructionSetNames),
    .systemLibrary(name: "CZlib"),
    .target(name: "ChainruleData", dependencies: library + ["ChainruleTables", "CZlib"]),
    .target(name: "ChainruleFormats", dependencies: library + ["ChainruleTables", "ChainruleData"]),

    .testTarget(name: "FromScratchTests", dependencies: ["FromScratch"]),
    .testTarget(name: "ChainruleKernelsTests", dependencies: library),
    .testTarget(
      name: "ChainruleCoreTests", dependencies: library + ["FromScratch", "AllocationCounter", "EngineFingerprints"]),
    .testTarget(name: "ChainruleTests", dependencies: library),
    .testTarget(name: "ChainruleFiguresTests", dependencies: engine + ["ChainruleFigures"]),
    .testTarget(
      name: "ChainruleSVGTests", dependencies: engine + ["ChainruleFigures", "ChainruleSVG"]),
    .testTarget(name: "SiteMaterialTests", dependencies: ["SiteMaterial"]),
    .testTarget(name: "ChainruleTablesTests", dependencies: library + ["ChainruleTables"]),
    .testTarget(name: "ChainruleDataTests", dependencies: library + ["ChainruleTables", "ChainruleData"]),
    .testTarget(
      name: "ChainruleFormatsTests", dependencies: library + ["ChainruleTables", "ChainruleData", "ChainruleFormats"]),
    .testTarget(name: "DocumentationTests", dependencies: library),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(name: "EngineFingerprints", dependencies: engine, path: "Tests/EngineFingerprints"),
  ] + instructionSets,
  swiftLanguageModes: [.v6]
)
