// swift-tools-version: 6.2
import PackageDescription

/// The name of the package above, by which the readers below its products are `package` to the targets.
let kconvert = Context.packageDirectory.split(separator: "/").dropLast().last?.lowercased() ?? ""

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "kconvert", path: "..")],
    targets: [
        // what libFuzzer offers to those who mutate
        .target(name: "CFuzzer"),
        // all readers in one program; libFuzzer brings the main function
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CFuzzer",
                .product(name: "KConvert", package: "kconvert"),
                .product(name: "Interpreter", package: "kconvert"),
                .product(name: "TensorFiles", package: "kconvert"),
            ],
            packageAccess: false,
            swiftSettings: [.unsafeFlags(["-parse-as-library", "-package-name", kconvert])]),
    ],
    swiftLanguageModes: [.v6]
)
