// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A library target of this package, named after its folder in `Sources/`.
func module(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A test target that mirrors one module.
func tests(of name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        path: "Tests/\(name)Tests",
        swiftSettings: strict)
}

let package = Package(
    name: "kconvert",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "kconvert", targets: ["KConvertCommand"]),
        .library(name: "KConvert", targets: ["KConvert"]),
        .library(name: "Interpreter", targets: ["Interpreter"]),
        .library(name: "TensorFiles", targets: ["TensorFiles"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .systemLibrary(
            name: "CHDF5", pkgConfig: "hdf5",
            providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
        .systemLibrary(
            name: "CJSONC", pkgConfig: "json-c",
            providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CPNG", pkgConfig: "libpng",
            providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        .target(name: "CKernels"),
        .target(name: "CSystem"),

        module("Problems"),
        module("PythonCode", uses: ["Problems"]),
        module("Foundations", uses: ["Problems", "CSystem"]),
        module("Tensors", uses: ["Foundations", "Problems"]),
        module("Archives", uses: ["Tensors", "Foundations", "Problems", "CZlib"]),
        module("Images", uses: ["Tensors", "Foundations", "Problems", "CPNG", "CTurboJPEG"]),
        module("GraphIR", uses: ["Tensors", "Foundations", "Problems"]),
        module("HDF5Files", uses: ["Archives", "Tensors", "Foundations", "Problems", "CHDF5"]),
        module("KerasFormat", uses: ["Tensors", "Foundations", "Problems", "CJSONC"]),
        module(
            "KerasWeights",
            uses: ["KerasFormat", "HDF5Files", "Tensors", "Foundations", "Problems"]),
        module(
            "KerasFunctions",
            uses: ["KerasFormat", "GraphIR", "Tensors", "Foundations", "Problems"]),
        module(
            "KerasLayers",
            uses: [
                "KerasFunctions", "KerasWeights", "KerasFormat", "GraphIR", "Tensors",
                "Foundations", "Problems",
            ]),
        module(
            "KerasImport",
            uses: [
                "KerasLayers", "KerasFunctions", "KerasWeights", "KerasFormat", "HDF5Files",
                "GraphIR", "Archives", "Tensors", "Foundations", "Problems",
            ]),
        module("Kernels", uses: ["Tensors", "Foundations", "CKernels"]),
        module("Evaluation", uses: ["GraphIR", "Kernels", "Tensors", "Foundations", "Problems"]),
        module("Passes", uses: ["GraphIR", "Evaluation", "Tensors", "Foundations", "Problems"]),
        module("TFLiteFormat", uses: ["Tensors", "Foundations", "Problems"]),
        module("Targets", uses: ["GraphIR", "TFLiteFormat", "Tensors"]),
        module("Legalize", uses: ["Targets", "TFLiteFormat", "GraphIR", "Problems", "Tensors"]),
        module(
            "TFLiteLowering",
            uses: ["Targets", "GraphIR", "TFLiteFormat", "Tensors", "Foundations", "Problems"]),
        module(
            "Interpreter", uses: ["TFLiteFormat", "Kernels", "Tensors", "Foundations", "Problems"]),
        module(
            "Verification",
            uses: [
                "Interpreter", "Evaluation", "GraphIR", "Archives", "Tensors", "Foundations",
                "Problems",
            ]),
        module("Reports", uses: ["Foundations"]),
        module(
            "TensorFiles",
            uses: ["Interpreter", "Archives", "Images", "Tensors", "Foundations", "Problems"]),
        module(
            "LayerAuthoring",
            uses: [
                "KerasLayers", "KerasFunctions", "KerasFormat", "GraphIR", "Tensors",
                "Foundations", "Problems",
            ]),
        module(
            "KConvert",
            uses: [
                "LayerAuthoring", "Verification", "Reports", "KerasImport", "KerasLayers",
                "KerasWeights", "KerasFormat", "GraphIR", "Passes", "Targets", "Legalize",
                "TFLiteFormat", "TFLiteLowering", "Interpreter", "Tensors", "Foundations",
                "Problems",
            ]),
        .executableTarget(
            name: "KConvertCommand",
            dependencies: [
                "KConvert", "Interpreter", "TensorFiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        .executableTarget(
            name: "supported-layers", dependencies: ["KerasLayers"],
            path: "Sources/SupportedLayersCommand", swiftSettings: strict),

        .executableTarget(
            name: "library-example", dependencies: ["KConvert"], path: "examples/library",
            swiftSettings: strict),

        .executableTarget(
            name: "custom-layers-example", dependencies: ["KConvert"],
            path: "examples/custom-layers", exclude: ["README.md", "model.keras", "model.py"],
            sources: ["ConvertCustom.swift"], swiftSettings: strict),

        .executableTarget(
            name: "digits-example", dependencies: ["Interpreter", "TensorFiles"],
            path: "examples/digits",
            exclude: [
                "README.md", "digits.h5", "digits.json", "samples", "test.npz", "train.py",
            ],
            sources: ["Classify.swift"], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Tensors", "Foundations", "Problems"],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "TestSupportTests", dependencies: ["TestSupport", "Tensors"],
            path: "Tests/TestSupportTests", swiftSettings: strict),
        tests(of: "Problems"),
        tests(of: "PythonCode", uses: ["Archives"]),
        tests(of: "Foundations"),
        tests(of: "Tensors", uses: ["Foundations"]),
        tests(of: "Archives", uses: ["Foundations"]),
        tests(of: "Images", uses: ["Archives", "Tensors"]),
        tests(of: "GraphIR"),
        tests(of: "HDF5Files", uses: ["KerasWeights", "Foundations", "Tensors", "Problems"]),
        tests(of: "KerasFormat", uses: ["Foundations", "Tensors", "Problems"]),
        tests(of: "KerasWeights", uses: ["KerasFormat", "Tensors", "Problems"]),
        tests(of: "KerasFunctions", uses: ["KerasFormat", "Problems"]),
        tests(of: "KerasLayers", uses: ["KerasFunctions", "KerasFormat", "GraphIR"]),
        tests(
            of: "KerasImport",
            uses: [
                "KerasLayers", "KerasWeights", "KerasFormat", "GraphIR", "Archives", "Tensors",
                "Foundations", "Problems",
            ]),
        tests(of: "Kernels", uses: ["Foundations"]),
        tests(of: "Evaluation", uses: ["Foundations"]),
        tests(of: "Passes", uses: ["Foundations"]),
        tests(of: "TFLiteFormat", uses: ["Foundations"]),
        tests(of: "Targets", uses: ["TFLiteFormat", "Tensors"]),
        tests(
            of: "Legalize", uses: ["Evaluation", "Targets", "GraphIR", "Foundations", "Tensors"]),
        tests(of: "TFLiteLowering", uses: ["Legalize", "Targets"]),
        tests(of: "Interpreter", uses: ["Archives"]),
        tests(
            of: "KConvert",
            uses: [
                "KerasImport", "KerasLayers", "KerasFormat", "GraphIR", "Evaluation", "Passes",
                "Targets", "Legalize", "TFLiteFormat", "TFLiteLowering", "Interpreter",
                "Archives", "Tensors", "Foundations", "Problems",
            ]),
        tests(of: "KConvertCommand", uses: ["TFLiteFormat", "Archives", "Tensors"]),
    ],
    swiftLanguageModes: [.v6]
)
