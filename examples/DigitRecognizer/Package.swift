// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "DigitRecognizer",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "kconvert", path: "../..")],
    targets: [
        .executableTarget(
            name: "DigitRecognizer",
            dependencies: [.product(name: "Interpreter", package: "kconvert")],
            exclude: ["kconvert.json"],
            plugins: [.plugin(name: "KConvertPlugin", package: "kconvert")])
    ],
    swiftLanguageModes: [.v6]
)
