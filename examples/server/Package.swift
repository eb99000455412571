// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "server",
    dependencies: [
        // Elsewhere: .package(url: "https://…/apus", from: "…")
        .package(name: "apus", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "Server",
            dependencies: [.product(name: "ApusMigrations", package: "apus")]
        )
    ],
    swiftLanguageModes: [.v6]
)
