// swift-tools-version: 6.2

import PackageDescription

// The image build passes both as build arguments. (Context.gitInformation goes stale with the cached manifest.)
let version = Context.environment["APUS_VERSION"] ?? "0.1.0-dev"
let commit = Context.environment["APUS_COMMIT"] ?? "unknown"

/// What every target is held to.
let common: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
/// Targets that never touch memory by hand.
let strict = common + [.strictMemorySafety()]
/// Targets that wrap C: the only places where a pointer may appear.
let fence = common

let package = Package(
    name: "apus",
    products: [
        .executable(name: "apus", targets: ["apus"]),
        .library(name: "ApusMigrations", targets: ["ApusMigrations"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "CVersion",
            cSettings: [
                .define("APUS_VERSION", to: "\"\(version)\""),
                .define("APUS_COMMIT", to: "\"\(commit)\""),
            ]
        ),
        .systemLibrary(name: "CMalloc"),
        .target(name: "Waiting", dependencies: ["CMalloc"], swiftSettings: fence),
        .target(name: "Digests", dependencies: ["CCrypto"], swiftSettings: fence),
        .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: fence),
        .target(name: "Revisions", swiftSettings: strict),
        .target(name: "SQLText", swiftSettings: strict),
        .target(name: "Database", dependencies: ["Waiting"], swiftSettings: strict),
        .target(name: "Postgres", dependencies: ["CLibPQ", "Database", "Waiting"], swiftSettings: fence),
        .target(name: "SQLite", dependencies: ["CSQLite", "Database", "Waiting"], swiftSettings: fence),
        .target(name: "Processes", dependencies: ["Waiting"], swiftSettings: fence),
        .target(
            name: "Scripts",
            dependencies: ["Digests", "Revisions", "SQLText", "Waiting"],
            swiftSettings: strict
        ),
        .target(name: "Ledgers", dependencies: ["Database", "Revisions"], swiftSettings: strict),
        .target(
            name: "Engine",
            dependencies: [
                "Database", "Digests", "Ledgers", "Postgres", "Processes", "Revisions", "SQLite", "SQLText",
                "Scripts", "Waiting",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "ApusMigrations",
            dependencies: [
                "CVersion", "Database", "Engine", "Ledgers", "Revisions", "SQLText", "Scripts", "Waiting",
            ],
            swiftSettings: strict
        ),
        .target(name: "Notify", dependencies: ["CLibCurl", "Digests", "Waiting"], swiftSettings: fence),
        .executableTarget(
            name: "apus",
            dependencies: [
                "CVersion", "Database", "Engine", "Ledgers", "Notify", "Postgres", "Processes", "Revisions",
                "SQLText", "Scripts", "Waiting", "YAML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "GraphBench",
            dependencies: ["Revisions", "Scripts", "Waiting"],
            path: "bench/graph",
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: ["Database", "Postgres", "Revisions", "Waiting"],
            path: "Tests/TestSupport",
            swiftSettings: common
        ),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: common),
        .testTarget(name: "WaitingTests", dependencies: ["Waiting"], swiftSettings: common),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: common),
        .testTarget(
            name: "RevisionsTests",
            dependencies: ["Revisions", "TestSupport"],
            swiftSettings: common
        ),
        .testTarget(name: "SQLTextTests", dependencies: ["SQLText", "TestSupport"], swiftSettings: common),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["Database", "Postgres", "TestSupport", "Waiting"],
            swiftSettings: common
        ),
        .testTarget(
            name: "SQLiteTests",
            dependencies: [
                "CSQLite", "Database", "Engine", "Ledgers", "SQLite", "SQLText", "Scripts", "TestSupport",
                "Waiting", "apus",
            ],
            swiftSettings: common
        ),
        .testTarget(
            name: "ProcessesTests",
            dependencies: ["Processes", "TestSupport", "Waiting"],
            swiftSettings: common
        ),
        .testTarget(
            name: "ScriptsTests",
            dependencies: ["Revisions", "SQLText", "Scripts", "TestSupport"],
            swiftSettings: common
        ),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "Database", "Engine", "Ledgers", "Postgres", "Revisions", "Scripts", "TestSupport", "Waiting",
            ],
            swiftSettings: common
        ),
        .testTarget(
            name: "ApusMigrationsTests",
            dependencies: ["ApusMigrations", "Database", "Postgres", "TestSupport"],
            swiftSettings: common
        ),
        .testTarget(
            name: "NotifyTests",
            dependencies: ["Notify", "TestSupport", "Waiting"],
            swiftSettings: common
        ),
        .testTarget(
            name: "ApusTests",
            dependencies: [
                "Database", "Digests", "Engine", "Postgres", "Revisions", "TestSupport", "Waiting", "apus",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: common
        ),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11
)
