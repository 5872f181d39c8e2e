// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: the language of tomorrow where it costs nothing today.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library of ours and, beside it, its tests.
///
/// - Parameters:
///   - isSafe: Whether the compiler holds the library to strict memory safety: those that open no door to C and
///     have no kernels.
///   - excluded: What in its folder is no source, beside its README.
///   - hasTestFiles: Whether the tests read files from `Resources` beside them.
///   - testedBeside: What the tests alone need: rooms and programs whose answers must agree with this room's.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
  excluded: [String] = [], isSafe: Bool = false, hasTestFiles: Bool = false,
  testedBeside: [Target.Dependency] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, exclude: ["README.md"] + excluded,
      resources: resources,
      swiftSettings: common + (isSafe ? [.strictMemorySafety()] : [])),
    .testTarget(
      name: name + "Tests",
      dependencies: dependencies + testedBeside + ["TestSupport", .target(name: name)],
      exclude: hasTestFiles ? ["Resources"] : [], swiftSettings: common),
  ]
}

/// The commit this is built from, for `--version`.
let commit = Context.gitInformation.map {
  $0.currentCommit + ($0.hasUncommittedChanges ? ", changed" : "")
}

/// The packages in Swift, exactly: what is written here is what `--version` says.
let (argumentParserVersion, yamsVersion): (Version, Version) = ("1.8.2", "6.2.2")
let (grdbVersion, mustacheVersion): (Version, Version) = ("7.10.0", "2.1.1")

/// A door to a C library: a module map and a shim.
func door(_ name: String, package: String? = nil) -> Target {
  .systemLibrary(name: name, pkgConfig: package)
}

/// A libtorch to take in place of Debian's: a folder with `include` and `lib`, as `torch` is inside a wheel of PyTorch.
/// From 2.0 on; its headers are C++20.
let libtorch = Context.environment["GCGAN_LIBTORCH"]

/// The door to libtorch: a shim in C++ behind a header in C.
///
/// Debian's is found where compilers look. For another one no setting but the unsafe flags takes a path, and its libraries
/// are named with theirs, since other doors bring the folder of Debian's along.
let torchDoor = Target.target(
  name: "CTorch", exclude: ["README.md"],
  cxxSettings: libtorch.map { [.unsafeFlags(["-isystem", $0 + "/include"])] } ?? [],
  linkerSettings: ["torch", "torch_cpu", "c10"].map { name in
    libtorch.map { .unsafeFlags(["-Xlinker", "\($0)/lib/lib\(name).so"]) } ?? .linkedLibrary(name)
  } + (libtorch.map { [.unsafeFlags(["-Xlinker", "-rpath", "-Xlinker", $0 + "/lib"])] } ?? []))

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "gcgan",
  products: [
    .executable(name: "gcgan-solve", targets: ["gcgan-solve"]),
    .executable(name: "gcgan-solve-designs", targets: ["gcgan-solve-designs"]),
    .executable(name: "gcgan-validate", targets: ["gcgan-validate"]),
    .executable(name: "gcgan-history", targets: ["gcgan-history"]),
    .executable(name: "gcgan-dataset", targets: ["gcgan-dataset"]),
    .executable(name: "gcgan-train", targets: ["gcgan-train"]),
    .executable(name: "gcgan-generate", targets: ["gcgan-generate"]),
    .executable(name: "gcgan-score", targets: ["gcgan-score"]),
    .executable(name: "gcgan-bench", targets: ["gcgan-bench"]),
    // Scripts/link-library makes libgcgan.so of this archive.
    .library(name: "gcgan", type: .static, targets: ["LibraryInterface"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: argumentParserVersion),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: grdbVersion),
    .package(url: "https://github.com/jpsim/Yams", exact: yamsVersion),
    .package(
      url: "https://github.com/hummingbird-project/swift-mustache", exact: mustacheVersion),
  ],
  targets: [
    door("CGSL", package: "gsl"),
    door("COpenBLAS", package: "openblas"),
    door("CPNG", package: "libpng"),
    door("CSuiteSparse"),
    door("CZlib", package: "zlib"),
    torchDoor,
    .target(name: "CKernels", exclude: ["README.md"]),
    .target(
      name: "CBuild",
      cSettings: [
        .define("GCGAN_COMMIT", to: "\"\(commit ?? "unknown")\""),
        .define("GCGAN_ARGUMENT_PARSER", to: "\"\(argumentParserVersion)\""),
        .define("GCGAN_YAMS", to: "\"\(yamsVersion)\""),
        .define("GCGAN_GRDB", to: "\"\(grdbVersion)\""),
        .define("GCGAN_MUSTACHE", to: "\"\(mustacheVersion)\""),
      ]),
  ]
    + room("Files")
    + room("ProgramSupport", ["CBuild", "Files"])
    + room("Parallelism")
    + room("NumericalMethods", ["CGSL"])
    + room("Quantities", ["Files"], isSafe: true)
    + room("Meshing", ["CZlib", "Files"], hasTestFiles: true)
    + room(
      "StrictYAML", ["Files", "Quantities", .product(name: "Yams", package: "Yams")], isSafe: true)
    + room("ArrayFiles", ["CPNG", "Files"])
    + room("Tensors", ["ArrayFiles", "CTorch", "Files"])
    + room("LinearAlgebra", ["CSuiteSparse", "COpenBLAS", "Parallelism"])
    + room("BatchLinearAlgebra", ["CKernels", "LinearAlgebra", "Parallelism"])
    + room("FiniteElements", ["LinearAlgebra", "Meshing", "NumericalMethods"])
    + room(
      "ThermoElasticity",
      ["FiniteElements", "LinearAlgebra", "Meshing", "NumericalMethods", "Parallelism"])
    + room(
      "DesignProblem", ["Files", "NumericalMethods", "Quantities", "StrictYAML"],
      resources: [.embedInCode("Resources/problem.schema.json")], isSafe: true,
      testedBeside: ["TopologyOptimisation"])
    + room(
      "Manufacturability",
      [
        "BatchLinearAlgebra", "DesignProblem", "FiniteElements", "LinearAlgebra", "Meshing",
        "NumericalMethods", "Parallelism",
      ], isSafe: true, testedBeside: ["ThermoElasticity"])
    + room(
      "TopologyOptimisation", ["DesignProblem", "Manufacturability", "Parallelism"], isSafe: true,
      testedBeside: ["LinearAlgebra"])
    + room(
      "DeckLanguage", ["Files", "Meshing", "ThermoElasticity", "NumericalMethods"], isSafe: true)
    + room(
      "DeckAnalysis",
      [
        "DeckLanguage", "Files", "FiniteElements", "LinearAlgebra", "Meshing",
        "NumericalMethods", "Parallelism", "ProgramSupport", "ThermoElasticity",
      ])
    + room(
      "DesignValidation",
      [
        "ArrayFiles", "CBuild", "DeckAnalysis", "DeckLanguage", "Files", "FiniteElements",
        "Meshing", "NumericalMethods", "ProgramSupport", "Quantities", "StrictYAML",
        "ThermoElasticity",
      ],
      excluded: ["Resources"], testedBeside: ["Parallelism"])
    + room(
      "DesignFamilies",
      [
        "ArrayFiles", "DesignProblem", "Files", "Manufacturability", "Meshing", "Quantities",
        "StrictYAML", "TopologyOptimisation",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      resources: [
        .embedInCode("Resources/chip.yml"), .embedInCode("Resources/family.schema.json"),
        .embedInCode("Resources/floorplan.yml"), .embedInCode("Resources/heat-sink.yml"),
        .embedInCode("Resources/microstructure.yml"), .embedInCode("Resources/part.yml"),
        .embedInCode("Resources/stent.yml"),
      ], isSafe: true,
      testedBeside: [
        "DeckAnalysis", "DeckLanguage", "DesignValidation", "ThermoElasticity", "gcgan-solve",
      ])
    + room(
      "DesignNetworks",
      [
        "ArrayFiles", "DesignFamilies", "DesignProblem", "Files", "Manufacturability",
        "Parallelism", "StrictYAML", "Tensors",
      ], isSafe: true)
    + room(
      "DesignCommands",
      [
        "ArrayFiles", "DesignFamilies", "DesignProblem", "Files", "FiniteElements",
        "LinearAlgebra", "Manufacturability", "Parallelism", "ProgramSupport",
        "TopologyOptimisation",
      ])
    + room(
      "NetworkCommands",
      [
        "ArrayFiles", "DesignCommands", "DesignFamilies", "DesignNetworks", "DesignProblem",
        "Files", "FiniteElements", "Manufacturability", "Parallelism", "ProgramSupport", "Tensors",
        "TopologyOptimisation",
      ], testedBeside: ["DesignValidation"])
    + room(
      "FieldPictures", ["ArrayFiles", "DesignValidation"], isSafe: true, hasTestFiles: true)
    + room(
      "ReportPages",
      [
        "ArrayFiles", "DesignValidation", "FieldPictures", "Files", "Parallelism",
        "ThermoElasticity",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        .embedInCode("Resources/index.mustache"), .embedInCode("Resources/part.mustache"),
        .embedInCode("Resources/change.mustache"), .embedInCode("Resources/turn.mustache"),
        .embedInCode("Resources/report.css"), .embedInCode("Resources/report.js"),
      ], isSafe: true, hasTestFiles: true)
    + room(
      "ValidationReports",
      ["ArrayFiles", "DesignValidation", "Files", "ProgramSupport", "ReportPages"])
    + room(
      "RunHistory",
      [
        "DesignValidation", "Files", "ProgramSupport", "ValidationReports",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], testedBeside: ["gcgan-history"])
    + [.target(name: "CGcgan", exclude: ["README.md"])]
    + room(
      "LibraryInterface",
      [
        "CGcgan", "DeckAnalysis", "DesignProblem", "DesignValidation", "Files", "FiniteElements",
        "LinearAlgebra", "Manufacturability", "Parallelism", "ProgramSupport", "ThermoElasticity",
        "TopologyOptimisation",
      ])
    + [
      .executableTarget(
        name: "gcgan-solve",
        dependencies: [
          "DeckAnalysis", "FiniteElements", "LinearAlgebra", "ProgramSupport", "ThermoElasticity",
          argumentParser,
        ],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-solve-designs",
        dependencies: [
          "ArrayFiles", "DesignCommands", "DesignProblem", "FiniteElements", "Manufacturability",
          "ProgramSupport", argumentParser,
        ],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-validate",
        dependencies: ["DesignValidation", "ProgramSupport", "ValidationReports", argumentParser],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-history",
        dependencies: ["DesignValidation", "ProgramSupport", "RunHistory", argumentParser],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-dataset",
        dependencies: [
          "ArrayFiles", "DesignCommands", "DesignFamilies", "Files", "FiniteElements",
          "ProgramSupport",
          argumentParser,
        ],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-train",
        dependencies: ["DesignCommands", "NetworkCommands", "ProgramSupport", argumentParser],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-generate",
        dependencies: [
          "DesignCommands", "DesignFamilies", "Files", "NetworkCommands", "ProgramSupport",
          argumentParser,
        ],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-score",
        dependencies: [
          "DesignCommands", "DesignFamilies", "NetworkCommands", "ProgramSupport", argumentParser,
        ],
        swiftSettings: common),
      .executableTarget(
        name: "gcgan-bench",
        dependencies: [
          "BatchLinearAlgebra", "DeckAnalysis", "DesignFamilies", "DesignNetworks", "DesignProblem",
          "FiniteElements", "LinearAlgebra", "Manufacturability", "Meshing", "Parallelism",
          "ProgramSupport", "Tensors", "TopologyOptimisation", argumentParser,
        ],
        swiftSettings: common),
      .testTarget(
        name: "SolveProgramTests", dependencies: ["TestSupport", "gcgan-solve"],
        swiftSettings: common),
      .testTarget(
        name: "ValidateCommandTests",
        dependencies: ["TestSupport", "gcgan-history", "gcgan-validate"],
        swiftSettings: common),
      .testTarget(name: "DocumentationTests", swiftSettings: common),
      .testTarget(
        name: "ProgramTests",
        dependencies: [
          "gcgan-bench", "gcgan-dataset", "gcgan-generate", "gcgan-score", "gcgan-solve",
          "gcgan-solve-designs", "gcgan-train", "gcgan-validate", "TestSupport",
        ],
        swiftSettings: common),
      .target(
        name: "TestSupport",
        dependencies: [
          "DesignFamilies", "DesignProblem", "DesignValidation", "FiniteElements",
          "Manufacturability", "Meshing", "NumericalMethods", "Parallelism",
        ],
        path: "Tests/TestSupport", swiftSettings: common),
    ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: libtorch == nil ? .cxx17 : .cxx20
)
