// swift-tools-version: 6.3
import PackageDescription

let engine: [Target.Dependency] = ["ChainruleCore", "ChainruleKernels"]
let library: [Target.Dependency] = engine + ["Chainrule"]

// A client that runs `swift run` gets a debug build. Without these flags its networks train 160 times slower; with
// them, as fast as in a release build. Whole modules, because the loops are generic types in separate files.
let fast: SwiftSetting = .unsafeFlags(
  ["-O", "-whole-module-optimization", "-num-threads", "1"], .when(configuration: .debug))

// The instruction set of one target. Clang passes the flag on for x86-64 only; the manifest can't ask for the target
// processor, and must not ask for the host's.
let avx2: SwiftSetting = .unsafeFlags([
  "-Xcc", "-Xarch_x86_64", "-Xcc", "-march=x86-64-v3", "-Xcc", "-Wno-unused-command-line-argument",
])

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
  // A target names every module of ours whose types it uses, even those that another one re-exports: SwiftPM recompiles
  // it only when a module that it names has changed.
  targets: [
    // The portable modules: no package, no Foundation. The Wasm build is the check.
    .target(name: "FromScratch"),
    // `squareRoot()` is an instruction, but for negative numbers the compiler still calls the C mathematics library.
    .target(
      name: "ChainruleKernels", swiftSettings: [fast],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "ChainruleCore", dependencies: ["ChainruleKernels"], swiftSettings: [fast]),
    .target(name: "ChainruleTables", dependencies: engine, swiftSettings: [fast]),
    .target(name: "ChainruleFigures", dependencies: engine + ["FromScratch"]),

    // The figures as pictures, and the tool that the site is built with. This part of the package needs no other
    // package.
    .target(name: "ChainruleSVG", dependencies: engine + ["ChainruleFigures"]),
    .executableTarget(
      name: "SiteMaterial", dependencies: engine + ["FromScratch", "ChainruleFigures", "ChainruleSVG"],
      path: "Tools/SiteMaterial"),

    // The native library and the tools around it.
    .target(name: "CPUFeatures"),
    .target(name: "VectorIntrinsics"),
    .target(
      name: "ChainruleKernelsX86V3", dependencies: ["VectorIntrinsics"], swiftSettings: [avx2, fast]),
    .target(
      name: "Chainrule", dependencies: engine + ["CPUFeatures", "ChainruleKernelsX86V3"], swiftSettings: [fast]),
    .systemLibrary(name: "CZlib"),
    .target(name: "ChainruleData", dependencies: library + ["ChainruleTables", "CZlib"]),
    .target(name: "ChainruleFormats", dependencies: library + ["ChainruleTables", "ChainruleData"]),

    .testTarget(name: "FromScratchTests", dependencies: ["FromScratch"]),
    .testTarget(name: "ChainruleKernelsTests", dependencies: library),
    .testTarget(
      name: "ChainruleCoreTests",
      dependencies: library + ["FromScratch", "AllocationCounter", "EngineFingerprints", "Fuzzing"]),
    .testTarget(name: "ChainruleTests", dependencies: library),
    .testTarget(name: "ChainruleFiguresTests", dependencies: engine + ["ChainruleFigures", "Fuzzing"]),
    .testTarget(
      name: "ChainruleSVGTests", dependencies: engine + ["ChainruleFigures", "ChainruleSVG", "Fuzzing"]),
    .testTarget(name: "SiteMaterialTests", dependencies: ["SiteMaterial"]),
    .testTarget(
      name: "ChainruleTablesTests", dependencies: library + ["ChainruleTables", "TableFingerprints", "Fuzzing"]),
    .testTarget(
      name: "ChainruleDataTests", dependencies: library + ["ChainruleTables", "ChainruleData", "Fuzzing"]),
    .testTarget(
      name: "ChainruleFormatsTests",
      dependencies: library + ["ChainruleTables", "ChainruleData", "ChainruleFormats", "Fuzzing"]),
    .testTarget(name: "DocumentationTests", dependencies: library),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(name: "Fuzzing", dependencies: engine, path: "Tests/Fuzzing"),
    .target(name: "EngineFingerprints", dependencies: engine, path: "Tests/EngineFingerprints"),
    .target(
      name: "TableFingerprints", dependencies: engine + ["ChainruleTables"], path: "Tests/TableFingerprints"),
  ],
  swiftLanguageModes: [.v6]
)
