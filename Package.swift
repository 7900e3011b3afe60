// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// How the command is linked: without any shared library if all have archives, as `Scripts/static-command` finds out for the
/// Makefile.
let commandLinking: [LinkerSetting] =
    Context.environment["KCONVERT_STATIC"] == "1" ? [.unsafeFlags(["-static-executable"])] : []

/// A library target of this package, named after its folder in `Sources/`.
///
/// The comment above each module says what it holds; `make docs` copies it to `Documentation/Architecture.md`.
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
        .plugin(name: "KConvertPlugin", targets: ["KConvertPlugin"]),
        .plugin(name: "KConvertPackageCommand", targets: ["KConvertPackageCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // libhdf5, which reads weights files
        .systemLibrary(
            name: "CHDF5", pkgConfig: "hdf5",
            providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
        // json-c, which reads architectures
        .systemLibrary(
            name: "CJSONC", pkgConfig: "json-c",
            providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]),
        // zlib, for `.npz` and `.keras` archives
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        // libpng, for images
        .systemLibrary(
            name: "CPNG", pkgConfig: "libpng",
            providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        // libjpeg-turbo, for images
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        // the few SIMD inner loops that need several instruction sets, in C
        .target(name: "CKernels"),
        // what Swift does not expose: a few system calls, and a handler for pages that a mapped file has lost
        .target(name: "CSystem"),

        // what can go wrong, as data; the wording of all messages
        module("Problems"),
        // the code of Python functions as files hold it: `Marshal/` reads the bytes, `Code/` the instructions
        // of each version, `Symbolic/` follows them to an expression, `Text/` prints and parses expressions,
        // `Meaning/` computes them as a client says; executes nothing
        module("PythonCode", uses: ["Problems"]),
        // what any program needs and the standard library lacks: the C library of each platform, mapped files,
        // files that replace others, locks, threads, budgets of memory, work and time, seeded random numbers, unique and
        // nearest names
        module("Foundations", uses: ["Problems", "CSystem"]),
        // element types, shapes, arrays, and constants that stay in their file until they are needed
        module("Tensors", uses: ["Foundations", "Problems"]),
        // zip archives and NumPy's array files
        module("Archives", uses: ["Tensors", "Foundations", "Problems", "CKernels", "CZlib"]),
        // PNG and JPEG files as pixels
        module("Images", uses: ["Tensors", "Foundations", "Problems", "CPNG", "CTurboJPEG"]),
        // the graph, the closed set of operations with shape inference, the builder and its vocabulary
        // (`Writer/`), patches, the verifier, the text form
        module("GraphIR", uses: ["Tensors", "Foundations", "Problems"]),
        // `Library/` reads HDF5 files with libhdf5, `Structure/` checks them before
        module("HDF5Files", uses: ["Archives", "Tensors", "Foundations", "Problems", "CHDF5"]),
        // SavedModels and checkpoints of TensorFlow: `Tables/` reads the sorted table of an index, `Bundle/` finds
        // tensors with it, `Objects/` reads the objects that were saved, `Protobuf/` the fields of messages
        module("TensorFlowFiles", uses: ["Archives", "Tensors", "Foundations", "Problems"]),
        // JSON, layer configurations, and the description that models of every generation are brought to;
        // `KerasRules.swift`: what differs between the versions of Keras
        module("KerasFormat", uses: ["Tensors", "Foundations", "Problems", "CJSONC"]),
        // what layers expect (`Requests/`), what files hold (`Stored/`, `Reading/`), and which array is whose
        // (`Matching/`)
        module(
            "KerasWeights",
            uses: [
                "KerasFormat", "HDF5Files", "TensorFlowFiles", "Tensors", "Foundations", "Problems",
            ]),
        // functions by name: activations, `keras.ops` and TensorFlow's operations, with the convolutions,
        // poolings and image functions that layers share with them
        module(
            "KerasFunctions",
            uses: ["PythonCode", "KerasFormat", "GraphIR", "Tensors", "Foundations", "Problems"]),
        // `Layer/` (what a layer is), one file per Keras layer in a folder per family, `LayerCatalog.swift`
        module(
            "KerasLayers",
            uses: [
                "KerasFunctions", "KerasWeights", "KerasFormat", "GraphIR", "Tensors",
                "Foundations", "Problems",
            ]),
        // model files, and the walk through a model that builds its graph
        module(
            "KerasImport",
            uses: [
                "KerasLayers", "KerasFunctions", "KerasWeights", "KerasFormat", "HDF5Files",
                "TensorFlowFiles", "GraphIR", "Archives", "Tensors", "Foundations", "Problems",
            ]),
        // numerics on buffers, without a graph: `Reference/` (plain, double accumulation) and `Fast/`
        // (blocked, SIMD); `Integer/` and `FastInteger/`: the same for integers that stand for real numbers
        module("Kernels", uses: ["Tensors", "Foundations", "CKernels"]),
        // runs a graph with the kernels: the oracle of verification and of constant folding
        module("Evaluation", uses: ["GraphIR", "Kernels", "Tensors", "Foundations", "Problems"]),
        // schema tables, FlatBuffer writer and bounds-checked reader, operator versions; knows no graph
        module("TFLiteFormat", uses: ["Tensors", "Foundations", "Problems"]),
        // what a runtime runs, as data: for each operator the element types, ranks, options and versions;
        // `Runtimes/`; `Check/` tells what a target does with a file
        module("Targets", uses: ["Cost", "GraphIR", "TFLiteFormat", "Tensors", "Foundations"]),
        // time of an operator from its work and a table of measured rates (`CostModel.md`); the work of the
        // operators of a file
        module("Cost", uses: ["TFLiteFormat", "Tensors", "Foundations"]),
        // one rewriting step per file, in `Recognition/`, `Folding/`, `Weights/` and `Writing/` after the stages
        // of `Driver/Pipeline.swift`; `Facts/` holds what they ask about a graph
        module(
            "Passes",
            uses: [
                "Cost", "Targets", "GraphIR", "Evaluation", "Tensors", "Foundations", "Problems",
            ]),
        // rewrites a graph until a target has an operator for every operation: `Operators/` spells out what
        // it lacks, `Limits/` splits what exceeds it, `Recurrence/` writes recurrent layers
        module(
            "Legalize", uses: ["Cost", "Targets", "TFLiteFormat", "GraphIR", "Tensors", "Problems"]),
        // which values of a graph are stored in fewer bits, and with which scales: `Weights/` stores weights
        // alone, `Calibration/` finds the ranges of values on `Samples/`, `Scheme/` decides what computes with
        // integers, `Repair/` takes back what rounding shifts
        module(
            "Quantization",
            uses: [
                "TensorFiles", "Archives", "Evaluation", "Targets", "GraphIR", "Tensors",
                "Foundations", "Problems",
            ]),
        // how an error changes with the weights of a graph, written as another graph: `Rules/` holds one operation
        // per file
        module("Gradients", uses: ["GraphIR", "Tensors", "Problems"]),
        // cheaper parts for a graph that compute nearly the same: `Rewrites/` says what can stand in for a
        // layer, `Fitting/` fits it to data, `Pruning/` leaves channels out, `Tuning/` moves all weights, `Search/`
        // spends an accepted error where it saves most time
        module(
            "Approximation",
            uses: [
                "Gradients", "Passes", "Quantization", "Targets", "Cost", "Evaluation", "GraphIR",
                "Tensors",
                "Foundations",
                "Problems",
            ]),
        // graph to TFLite operators, one operation as one operator and one file per operation
        module(
            "TFLiteLowering",
            uses: ["Targets", "GraphIR", "TFLiteFormat", "Tensors", "Foundations", "Problems"]),
        // lifetimes of tensors, the layout of the arena and the memory that a plan needs; runs nothing
        module("Planning"),
        // files on microcontrollers: `Kernels/` what a kernel of TFLite Micro allocates, `Plan/` the runtime's planner and
        // better plans, `Arena/` the memory that a file needs, `Source/` C++ sources of a file
        module("Microcontrollers", uses: ["Planning", "TFLiteFormat", "Foundations", "Problems"]),
        // runs the bytes of a `.tflite` file, of this program or anybody's; public `LiteModel`
        module(
            "Interpreter",
            uses: [
                "Cost", "TFLiteFormat", "Planning", "Kernels", "Tensors", "Foundations", "Problems",
            ]),
        // compares a file with its model: samples, the reference run, the differences of outputs and layers
        module(
            "Verification",
            uses: [
                "Interpreter", "Evaluation", "GraphIR", "Archives", "Tensors", "Foundations",
                "Problems",
            ]),
        // documents of sections, tables and charts, and their text, HTML and JSON
        module("Reports", uses: ["Foundations"]),
        // public: reads inputs of a `LiteModel` from arrays, tables and images, and writes tensors
        module(
            "TensorFiles",
            uses: ["Interpreter", "Archives", "Images", "Tensors", "Foundations", "Problems"]),
        // public: `CustomLayer` and `LayerTensor`, in which callers describe layers of their own; a part of
        // `KConvert` for its users
        module(
            "LayerAuthoring",
            uses: ["KerasLayers", "KerasFormat", "GraphIR", "Tensors", "Foundations", "Problems"]),
        // public façade: `Converter`, options, report, errors, `Inspection`
        module(
            "KConvert",
            uses: [
                "LayerAuthoring", "Verification", "Reports", "TensorFiles", "KerasImport",
                "KerasFormat", "HDF5Files", "Interpreter", "Microcontrollers", "TFLiteLowering",
                "Legalize", "Cost", "Targets", "TFLiteFormat", "Quantization", "Approximation",
                "Passes", "GraphIR", "Images", "Archives", "Tensors", "Foundations", "Problems",
            ]),
        // the command `kconvert`, one sub-command per file; a client of the products
        .executableTarget(
            name: "KConvertCommand",
            dependencies: [
                "KConvert", "Interpreter", "TensorFiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict, linkerSettings: commandLinking),

        // convert models while a package is built, and by 'swift package kconvert', with an installed kconvert; to
        // build the command for them would compile every module twice
        .plugin(name: "KConvertPlugin", capability: .buildTool()),
        .plugin(
            name: "KConvertPackageCommand",
            capability: .command(
                intent: .custom(verb: "kconvert", description: "Convert Keras models to TFLite."),
                permissions: [
                    .writeToPackageDirectory(reason: "It writes the converted models.")
                ])),

        // makes those pages of `Documentation/` that follow from the sources
        .executableTarget(
            name: "documentation", dependencies: ["KerasLayers"],
            path: "Scripts/Documentation", swiftSettings: strict),

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
        .target(
            name: "FixtureSupport",
            dependencies: [
                "TestSupport", "KConvert", "KerasImport", "Evaluation", "GraphIR", "Archives",
                "Tensors",
            ],
            path: "Tests/FixtureSupport", swiftSettings: strict),
        .testTarget(
            name: "TestSupportTests", dependencies: ["TestSupport", "Tensors"],
            path: "Tests/TestSupportTests", swiftSettings: strict),
        tests(of: "Problems"),
        tests(of: "PythonCode", uses: ["Archives", "Problems"]),
        tests(of: "Foundations", uses: ["Problems"]),
        tests(of: "Tensors", uses: ["Foundations"]),
        tests(of: "Archives", uses: ["Tensors", "Foundations", "Problems"]),
        tests(of: "Images", uses: ["Archives", "Tensors", "Foundations", "Problems"]),
        tests(of: "GraphIR", uses: ["Tensors", "Foundations", "Problems"]),
        tests(of: "HDF5Files", uses: ["KerasWeights", "Foundations", "Tensors", "Problems"]),
        tests(of: "TensorFlowFiles", uses: ["Tensors", "Foundations", "Problems"]),
        tests(of: "KerasFormat", uses: ["Foundations", "Tensors", "Problems"]),
        tests(of: "KerasWeights", uses: ["Tensors", "Problems"]),
        tests(of: "KerasFunctions", uses: ["KerasFormat", "Problems"]),
        tests(
            of: "KerasLayers",
            uses: ["KerasFunctions", "KerasFormat", "Foundations", "Problems"]),
        tests(
            of: "KerasImport",
            uses: ["KerasLayers", "KerasWeights", "KerasFormat", "GraphIR", "Tensors", "Problems"]),
        tests(of: "Kernels", uses: ["Tensors", "Foundations"]),
        tests(of: "Evaluation", uses: ["GraphIR", "Tensors", "Foundations", "Problems"]),
        tests(of: "Passes", uses: ["Evaluation", "GraphIR", "Tensors", "Foundations", "Problems"]),
        tests(of: "Quantization", uses: ["Evaluation", "GraphIR", "Tensors", "Foundations"]),
        tests(of: "TFLiteFormat", uses: ["Tensors", "Foundations", "Problems"]),
        tests(of: "Targets", uses: ["TFLiteFormat", "GraphIR", "Tensors"]),
        tests(of: "Cost", uses: ["TFLiteFormat", "Tensors"]),
        tests(
            of: "Legalize", uses: ["Evaluation", "Targets", "GraphIR", "Foundations", "Tensors"]),
        tests(
            of: "Gradients",
            uses: ["Evaluation", "GraphIR", "Tensors", "Foundations", "Problems"]),
        tests(
            of: "Approximation",
            uses: [
                "Quantization", "Cost", "Evaluation", "GraphIR", "Tensors", "Foundations",
                "Problems",
            ]),
        tests(
            of: "TFLiteLowering",
            uses: ["Legalize", "Targets", "TFLiteFormat", "GraphIR", "Tensors", "Problems"]),
        tests(of: "Planning", uses: ["Foundations"]),
        tests(of: "Microcontrollers", uses: ["TFLiteFormat"]),
        tests(of: "Interpreter", uses: ["TFLiteFormat", "Archives", "Tensors", "Problems"]),
        tests(
            of: "Verification",
            uses: [
                "FixtureSupport", "KerasImport", "TFLiteLowering", "Legalize", "Targets",
                "TFLiteFormat", "Passes", "Evaluation", "GraphIR", "Archives", "Tensors",
                "Foundations", "Problems",
            ]),
        tests(of: "Reports"),
        tests(of: "TensorFiles", uses: ["Interpreter", "Tensors"]),
        tests(of: "LayerAuthoring", uses: ["FixtureSupport", "KConvert", "Evaluation", "Tensors"]),
        tests(
            of: "KConvert",
            uses: [
                "FixtureSupport", "KerasImport", "KerasLayers", "Interpreter", "Microcontrollers",
                "TFLiteLowering", "Legalize", "Targets", "TFLiteFormat", "Quantization", "Passes",
                "Evaluation", "GraphIR", "Archives", "Tensors", "Foundations", "Problems",
            ]),
        tests(
            of: "KConvertCommand", uses: ["TFLiteFormat", "Archives", "Tensors", "Foundations"]),
    ],
    swiftLanguageModes: [.v6]
)
