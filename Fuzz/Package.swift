// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "kconvert", path: "..")],
    targets: [
        // libFuzzer brings the main function.
        .executableTarget(
            name: "FuzzLiteModel",
            dependencies: [.product(name: "Interpreter", package: "kconvert")],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ],
    swiftLanguageModes: [.v6]
)
