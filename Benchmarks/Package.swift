// swift-tools-version: 6.3
import PackageDescription

// Programs that measure rather than test: `make bench`, `make bench-tables`, `make bench-read`, `make bench-fashion`.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "chainrule", path: "..")],
  targets: [
    .executableTarget(
      name: "KernelBenchmark",
      dependencies: [
        .product(name: "Chainrule", package: "chainrule"), .product(name: "ChainruleCore", package: "chainrule"),
      ]),
    .executableTarget(
      name: "TableBenchmark",
      dependencies: [
        .product(name: "Chainrule", package: "chainrule"), .product(name: "ChainruleData", package: "chainrule"),
        .product(name: "ChainruleFormats", package: "chainrule"),
        .product(name: "ChainruleTables", package: "chainrule"),
      ]),
    .executableTarget(
      name: "ReadBenchmark",
      dependencies: [
        .product(name: "ChainruleTables", package: "chainrule"), .product(name: "ChainruleData", package: "chainrule"),
        "PeakMemory",
      ]),
    .executableTarget(
      name: "FashionBenchmark",
      dependencies: [
        .product(name: "Chainrule", package: "chainrule"), .product(name: "ChainruleData", package: "chainrule"),
      ]),
    .target(name: "PeakMemory"),
    // Chainrule's worker for `make bench`, which compares it with other programs.
    .target(name: "PeakFMA"),
    .executableTarget(
      name: "StepBenchmark",
      dependencies: [.product(name: "Chainrule", package: "chainrule"), "PeakFMA"]),
    .executableTarget(
      name: "QualityBenchmark",
      dependencies: [
        .product(name: "Chainrule", package: "chainrule"), .product(name: "ChainruleData", package: "chainrule"),
        "PeakMemory",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
