import Archives
import Foundation
import Foundations
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// `kconvert run` with every kind of input and output.
struct RunTests {
    private let dense = "testdata/keras2/layers/dense/activation_elu"
    private let convolution = "testdata/keras2/layers/conv2d/activation_relu6"
    private let embedding = "testdata/keras2/layers/embedding/flatten_dense"

    @Test func arraysByOrderByNameAndInArchives() throws {
        try Converted.with(convolution) { model in
            let input = try model.write(try model.recorded("in0"), to: "in.npy")
            let unnamed = model.path("unnamed.npz")
            let array = try model.recorded("in0")
            try Data(NPZ.write([("arr_0", array)])).write(to: URL(filePath: unnamed))
            for arguments in [input, "x0=\(input)", "in0=\(input)", model.stem + ".npz", unnamed] {
                let output = model.path("out.npz")
                let run = try model.run(["--input", arguments, "--output", output])
                #expect(run.exitCode == 0, "\(arguments): \(run.standardError)")
                #expect(run.standardOutput.isEmpty)
                let arrays = try NPZ.read(path: output)
                #expect(arrays.count == 1)
                #expect(isClose(arrays[0].array, try model.recorded("out0")))
            }
        }
    }

    @Test func oneRecordNeedsNoBatchAxis() throws {
        try Converted.with(convolution) { model in
            let all = Constant(try model.recorded("in0"))
            let one = all.sliced(1..<2, axis: 0).reshaped([6, 7, 3]).tensor()
            let output = model.path("out.npy")
            let run = try model.run([
                "--input", try model.write(one, to: "one.npy"), "--output", output,
            ])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let expected = Constant(try model.recorded("out0")).sliced(1..<2, axis: 0).tensor()
            let written = try MappedFile(path: output)
            #expect(isClose(try NPY.read(written.bytes, name: "out"), expected))
        }
    }

    @Test(arguments: [",", ";", "\t", " , "])
    func tablesInAndOut(separator: String) throws {
        try Converted.with(dense) { model in
            let values = Constant(try model.recorded("in0")).doubles()
            let rows = [values.prefix(6), values.suffix(6)].map { row in
                row.map { "\($0)" }.joined(separator: separator)
            }
            let titles = (0..<6).map { "column \($0)" }.joined(separator: separator)
            let table = try model.write(
                ([titles] + rows).joined(separator: "\r\n") + "\n\n", to: "in.csv")
            let output = model.path("out.csv")
            let run = try model.run(["--input", table, "--output", output])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let lines = try String(contentsOfFile: output, encoding: .utf8)
                .split(separator: "\n").map { $0.split(separator: ",").compactMap { Double($0) } }
            #expect(lines.map(\.count) == [5, 5])
            let expected = Constant(try model.recorded("out0")).doubles()
            #expect(zip(lines.joined(), expected).allSatisfy { abs($0 - $1) < 1e-4 })
        }
    }

    @Test func aRowOfATableCanBeAnImage() throws {
        try Converted.with("examples/digits/digits") { model in
            let images = try Converted.array(
                "in0", in: Repository.root.appending(path: "examples/digits/test.npz").path)
            let rows = Constant(images).doubles().prefix(128).map { "\($0)" }
            let table = [rows[..<64], rows[64...]].map { $0.joined(separator: ",") }
            let run = try model.run([
                "--input", try model.write(table.joined(separator: "\n"), to: "in.csv"),
            ])
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(run.standardOutput.hasPrefix("digit  2×10  float32\n"))
        }
    }

    @Test func tablesGoToStandardOutput() throws {
        try Converted.with(convolution) { model in
            let run = try model.run(["--input", model.stem + ".npz", "--output", "-"])
            #expect(run.exitCode == 0 && run.standardError.isEmpty)
            let numbers = run.standardOutput.split(separator: "\n")
                .map { $0.split(separator: ",").compactMap { Double($0) } }
            let expected = try model.recorded("out0")
            #expect(numbers.count == expected.shape[0])
            let close = zip(numbers.joined(), Constant(expected).doubles()).allSatisfy {
                abs($0 - $1) < 1e-4
            }
            #expect(close && numbers.joined().count == expected.count)
        }
    }

    @Test func aFullDiskIsNoticedAndLeavesTheOldFile() throws {
        try Converted.with(convolution) { model in
            let old = try model.write("old", to: "out.npz")
            let run = try CommandRun(
                ["run", model.model, "--input", model.stem + ".npz", "--output", old],
                blockLimit: 0)
            #expect(run.exitCode == 74, "\(run.standardError)")
            #expect(try String(contentsOfFile: old, encoding: .utf8) == "old")
        }
    }

    @Test func labelsNameTheElements() throws {
        try Converted.with("examples/digits/digits") { model in
            let labels = try model.write("zero\none\r\ntwo\nthree\nfour\nfive\n", to: "labels.txt")
            let samples = Repository.root.appending(path: "examples/digits/samples").path
            let images = [3, 8].flatMap { ["--input", "\(samples)/digit_\($0).png"] }
            let run = try model.run(images + ["--std", "15.9375", "--labels", labels])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let lines = run.standardOutput.split(separator: "\n")
            #expect(lines[1].hasPrefix("  three: 0.") && lines[2].hasPrefix("  8: 0."))
            #expect(lines[1].split(separator: ":").count == 6)
        }
    }

    @Test func signaturesAreChosenByName() throws {
        let file = Repository.testdata("tflite/functions/signatures.tflite")
        try Repository.withTemporaryFolder { folder in
            let output = folder.appending(path: "y.npz").path
            let data = Repository.testdata("tflite/functions/signatures.npz")
            let run = try CommandRun([
                "run", file, "--signature", "encode", "--input", data, "--output", output,
            ])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let code = try Converted.array("code", in: output)
            #expect(isClose(code, try Converted.array("code", in: data)))
            let unknown = try CommandRun(["run", file, "--signature", "no", "--input", data])
            #expect(unknown.exitCode == 64)
            #expect(unknown.standardError.contains("decode, encode"))
        }
    }

    @Test func badTablesNameTheLine() throws {
        try Converted.with(dense) { model in
            let tables = [
                "1,2,3,4,5,6\n1,2,3\n": "line 2 has 3 numbers", "a,b\nc,d\n": "line 2",
                "1,2,3,4,5,6\n1,2,3,4,5,x\n": "line 2", "\n \n": "no numbers",
                "1,2,3\n": "1×3",
            ]
            for (table, reason) in tables {
                let run = try model.run(["--input", try model.write(table, to: "bad.csv")])
                #expect([64, 65].contains(run.exitCode), "\(table)")
                #expect(run.standardError.contains(reason), "\(run.standardError)")
                #expect(run.standardError.contains("bad.csv"))
            }
        }
    }

    @Test func integersAreTakenFromAnyTypeButNotRounded() throws {
        try Converted.with(embedding) { model in
            let indices = try model.recorded("in0")
            let expected = try model.recorded("out0")
            for dtype in [DType.int32, .int64, .float64, .uint8] {
                let input = Constant(Constant(indices).tensor(), as: dtype)
                let output = model.path("out.npz")
                let path = try model.write(input.tensor(), to: "in.npy")
                let run = try model.run(["--input", path, "--output", output])
                #expect(run.exitCode == 0, "\(dtype): \(run.standardError)")
                #expect(isClose(try NPZ.read(path: output)[0].array, expected))
            }
            let odd = Tensor(dtype: .float64, shape: [1, 5], copying: [0, 1, 1.5, 0, 0])
            let run = try model.run(["--input", try model.write(odd, to: "odd.npy")])
            #expect(run.exitCode == 64)
            #expect(run.standardError.contains("takes int32, not 1.5"), "\(run.standardError)")
        }
    }

    @Test(arguments: [
        "color.png", "color.jpg", "gray.jpg", "opacity.png", "palette.png", "deep.png",
    ])
    func imagesAreReadAsPillowReadsThem(name: String) throws {
        try Converted.with(convolution) { model in
            let image = Repository.testdata("images/\(name)")
            let pixels = try Converted.array(name, in: Repository.testdata("images/pixels.npz"))
            let (means, deviations) = ([10.0, 20, 30], [50.0, 60, 70])
            let scaled = Constant(pixels).doubles().enumerated().map { index, pixel in
                (pixel - means[index % 3]) / deviations[index % 3]
            }
            let array = Tensor(dtype: .float64, shape: [1, 6, 7, 3], copying: scaled)
            let (first, second) = (model.path("a.npz"), model.path("b.npz"))
            let run = try model.run([
                "--input", image, "--mean", "10,20,30", "--std", "50,60,70", "-o", first,
            ])
            #expect(run.exitCode == 0, "\(run.standardError)")
            _ = try model.run(["--input", try model.write(array, to: "in.npy"), "-o", second])
            let results = try [first, second].map { try NPZ.read(path: $0)[0].array }
            #expect(isClose(results[0], results[1]))
        }
    }

    @Test func grayImagesFitInputsWithoutChannels() throws {
        var graph = TFLiteSubgraph(inputs: [0], outputs: [1])
        graph.tensors = ["x", "y"].map { TFLiteTensor(name: $0, shape: [1, 6, 7], type: .float32) }
        graph.operators = [TFLiteOperator(opcodeIndex: 0, inputs: [0], outputs: [1])]
        var model = TFLiteModel()
        model.operatorCodes = [TFLiteOperatorCode(.neg)]
        model.subgraphs = [graph]
        let bytes = try TFLiteWriter.bytes(of: model)
        let pixels = try Converted.array(
            "gray.jpg", in: Repository.testdata("images/pixels.npz"))
        let gray = Constant(Constant(pixels).sliced(0..<1, axis: 2).tensor()).doubles()
        #expect(Set(gray).count > 4)
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "m.tflite")
            try Data(bytes).write(to: file)
            let image = Repository.testdata("images/gray.jpg")
            for argument in [image, "x=\(image)"] {
                let run = try CommandRun(["run", file.path, "--input", argument, "--output", "-"])
                #expect(run.exitCode == 0, "\(run.standardError)")
                let numbers = run.standardOutput.split(whereSeparator: { ",\n".contains($0) })
                #expect(numbers.compactMap { Double($0) } == gray.map { -$0 })
            }
        }
    }

    @Test func imagesOfDigitsAreOneBatch() throws {
        try Converted.with("examples/digits/digits") { model in
            let samples = Repository.root.appending(path: "examples/digits/samples").path
            let images = (0..<10).flatMap { ["--input", "\(samples)/digit_\($0).png"] }
            let run = try model.run(images + ["--std", "15.9375", "--top", "1"])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let lines = run.standardOutput.split(separator: "\n").dropFirst()
            #expect(lines.count == 10)
            let right = lines.enumerated().count { $1.hasPrefix("  \($0): ") }
            #expect(right >= 9, "\(run.standardOutput)")
        }
    }

    @Test func wrongInputsSayWhatIsTaken() throws {
        try Converted.with(convolution) { model in
            let input = try model.write(try model.recorded("in0"), to: "in.npy")
            let small = Tensor(dtype: .float64, shape: [1, 2], copying: [1, 2])
            let image = Repository.root.appending(path: "examples/digits/samples/digit_0.png").path
            let damaged = try model.write("\u{89}PNG....", to: "damaged.png")
            let bitmap = try model.write("BM...", to: "image.bmp")
            let other = model.path("other.npz")
            try Data(NPZ.write([("a", small), ("b", small)])).write(to: URL(filePath: other))
            let cases: [([String], Int32, String)] = [
                (["--input", try model.write(small, to: "small.npy")], 64, "takes 1×6×7×3"),
                (["--input", image], 64, "takes 1×6×7×3"),
                (["--input", "y=\(input)"], 64, "Its inputs are x0 (1×6×7×3)"),
                ([], 64, "x0=x.npy"),
                (["--input", input, "--mean", "1,2"], 0, ""),
                (["--input", input, "--input", input], 64, "2 arrays were given"),
                (["--input", "x0=\(input)", "--input", "x0=\(input)"], 64, "given twice"),
                (["--input", "in1=\(input)"], 64, "no input 'in1'"),
                (["--input", input, "--output", "y.txt"], 64, "--output takes"),
                (["--input", input, "--output", "/nowhere/y.npz"], 74, "/nowhere/y.npz"),
                (["--input", input, "--labels", "/nowhere/labels.txt"], 74, "labels.txt"),
                (["--input", other], 64, "the archive holds a, b"),
                (["--input", image, "--mean", "1,2"], 64, "for 3 channels"),
                (["--input", image, "--std", "0"], 64, "other than 0"),
                (["--input", image, "--mean", "a"], 64, "mean"),
                (["--input", damaged], 65, "neither PNG nor JPEG"),
                (["--input", "/nowhere/x.npy"], 74, "/nowhere/x.npy"),
                (["--input", bitmap], 64, "Give a .npy, .npz, .csv, .png or .jpg"),
            ]
            for (arguments, code, text) in cases {
                let run = try model.run(arguments)
                #expect(run.exitCode == code, "\(arguments): \(run.standardError)")
                #expect(text.isEmpty || run.standardError.contains(text), "\(run.standardError)")
            }
        }
    }

    @Test func damagedImagesAreRefused() throws {
        try Converted.with(convolution) { model in
            for name in ["color.png", "color.jpg"] {
                let bytes = try Data(
                    contentsOf: URL(filePath: Repository.testdata("images/\(name)")))
                let file = model.path(name)
                for length in stride(from: 9, to: bytes.count * 3 / 4, by: 41) {
                    try bytes.prefix(length).write(to: URL(filePath: file))
                    let run = try model.run(["--input", file])
                    #expect(run.exitCode == 65 || run.exitCode == 0, "\(name) \(length)")
                }
                try bytes.prefix(30).write(to: URL(filePath: file))
                #expect(try model.run(["--input", file]).exitCode == 65)
            }
        }
    }

    @Test func examplesOfTheLibraryRun() throws {
        try Repository.withTemporaryFolder { folder in
            let example = Repository.root.appending(path: "examples/custom-layers/model.keras")
            let output = folder.appending(path: "m.tflite").path
            let run = try CommandRun([example.path, output], program: "custom-layers-example")
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(run.standardOutput.contains("18 operators became 17"))
            #expect(FileManager.default.fileExists(atPath: output))
        }
    }
}
