// swift-tools-version: 6.2
import PackageDescription

// The readers are no products; the package builds their modules from links to the sources.
let package = Package(
    name: "Readers",
    platforms: [.macOS(.v14)],
    targets: [
        .target(name: "Problems"),
        .target(name: "PythonCode", dependencies: ["Problems"]),
        // libFuzzer brings the main function.
        .executableTarget(
            name: "FuzzPythonCode",
            dependencies: ["PythonCode"],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    ],
    swiftLanguageModes: [.v6]
)
