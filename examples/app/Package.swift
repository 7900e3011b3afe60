// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "app",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "kconvert", path: "../..")],
    targets: [
        .executableTarget(
            name: "Predict", dependencies: [.product(name: "Interpreter", package: "kconvert")])
    ],
    swiftLanguageModes: [.v6]
)
