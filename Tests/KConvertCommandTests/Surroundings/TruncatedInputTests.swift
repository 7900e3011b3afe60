import Foundation
import TestSupport
import Testing

/// Files of every kind that end too early: an error that names the file.
struct TruncatedInputTests {
    /// A file, and the arguments of a command that reads a copy of it.
    struct Input: CustomTestStringConvertible, Sendable {
        let file: String
        let arguments: @Sendable (_ copy: String, _ model: String) -> [String]

        var testDescription: String { file }
    }

    private static let conversion = { @Sendable (copy: String, model: String) in
        [copy, "-o", model + ".new"]
    }
    private static let run = { @Sendable (copy: String, model: String) in
        ["run", model, "--input", copy]
    }

    static let inputs = [
        Input(file: "keras3/models/cut_out.keras", arguments: conversion),
        Input(file: "keras2/formats/k2_3_first.h5", arguments: conversion),
        Input(file: "keras2/layers/conv2d/activation_relu6.json") { copy, model in
            [
                copy, Repository.testdata("keras2/layers/conv2d/activation_relu6.h5"), "-o",
                model + ".new",
            ]
        },
        Input(file: "keras2/layers/conv2d/activation_relu6.h5") { copy, model in
            [
                Repository.testdata("keras2/layers/conv2d/activation_relu6.json"), copy, "-o",
                model + ".new",
            ]
        },
        Input(file: "tflite/networks/keras2_layers_max_pooling1d_plain.tflite") { copy, _ in
            ["inspect", copy]
        },
        Input(file: "archives/stored.npz", arguments: run),
        Input(file: "archives/deflated.npz", arguments: run),
        Input(file: "archives/big_endian.npy", arguments: run),
        Input(file: "images/color.png", arguments: run),
        Input(file: "images/gray.jpg", arguments: run),
    ]

    @Test(arguments: inputs) func isRefused(_ input: Input) throws {
        try Converted.with("examples/digits/digits") { digits in
            let path = Repository.testdata(input.file)
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
            let name = "cut." + URL(filePath: path).pathExtension
            let copy = digits.folder.appending(path: name)
            try Damage.truncate(bytes, count: 12) { prefix in
                try Data(prefix).write(to: copy)
                let run = try CommandRun(input.arguments(copy.path, digits.model))
                #expect([64, 65].contains(run.exitCode), "\(prefix.count): \(run.standardError)")
                #expect(run.standardError.contains(name), "\(prefix.count): \(run.standardError)")
            }
        }
    }
}
