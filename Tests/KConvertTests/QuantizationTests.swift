import Archives
import Foundation
import KConvert
import TestSupport
import Tensors
import Testing

/// The options of quantization: what is stored, what is refused, and what stays the same.
@Suite struct QuantizationTests {
    private let digits = ModelSource(
        architecture: Repository.root.appending(path: "examples/digits/digits.json").path,
        weights: Repository.root.appending(path: "examples/digits/digits.h5").path)

    private func convert(_ quantization: QuantizationOptions) throws -> Converter.File {
        var options = ConversionOptions()
        options.quantization = quantization
        return try Converter(options).convert(digits)
    }

    /// Images of one size with the numbers that `make` gives.
    private func samples(
        _ count: Int = 8, shape: [Int] = [8, 8, 1], _ make: (Int) -> Double = { Double($0 % 17) }
    ) throws -> Tensor {
        let shape = Shape([count] + shape)
        return Tensor(
            dtype: .float64, shape: shape, copying: (0..<shape.elementCount).map(make))
    }

    private func int8(
        _ arrays: [(String, Tensor)], change: (inout QuantizationOptions) -> Void = { _ in }
    ) throws -> Converter.File {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "samples.npz")
            try Data(NPZ.write(arrays.map { (name: $0.0, array: $0.1) })).write(to: path)
            var options = QuantizationOptions.int8(samples: .file(path.path))
            change(&options)
            return try convert(options)
        }
    }

    @Test func weightsShrink() throws {
        let plain = try Converter().convert(digits)
        let half = try convert(.float16)
        let dynamic = try convert(.dynamic)
        #expect(half.bytes.count < plain.bytes.count)
        #expect(dynamic.bytes.count < plain.bytes.count)
        #expect(half.report.quantization?.constants ?? 0 > 0)
        #expect(half.report.verification?.outputs[0].signalToNoise ?? 100 > 40)
    }

    @Test func fourBitsShrinkFurther() throws {
        var bytes: [Int: Int] = [:]
        for bits in [8, 4] {
            var options = QuantizationOptions.dynamic
            options.weightBits = bits
            options.leastElementCount = 1
            let file = try convert(options)
            bytes[bits] = file.bytes.count
            let narrow = file.report.quantization?.narrowConstants ?? 0
            #expect(bits == 4 ? narrow > 1 : narrow == 0)
        }
        #expect(bytes[4] ?? .max < bytes[8] ?? 0)
        for change: (inout QuantizationOptions) -> Void in [
            { $0.weightBits = 5 }, { $0.blockLength = 32 },
            {
                $0.weightBits = 4
                $0.blockLength = 48
            },
            {
                $0.mode = .weights
                $0.weightBits = 4
                $0.blockLength = 32
            },
        ] {
            var options = QuantizationOptions.dynamic
            change(&options)
            let error = #expect(throws: ConversionError.self) { try convert(options) }
            #expect(error?.description.contains("weights cannot have") == true)
        }
    }

    @Test func integersAgreeAndAreReproducible() throws {
        let arrays = [("in0", try samples())]
        let first = try int8(arrays)
        #expect(first.bytes == (try int8(arrays)).bytes)
        let report = try #require(first.report.quantization)
        #expect(report.integerOperations == report.operations)
        #expect(first.report.verification?.isPassed == true)
        let bits = try int8(arrays) { $0.interface = .uint8 }
        #expect(bits.report.quantization?.ports.map(\.dtype) == ["uint8", "uint8"])
    }

    @Test func namedLayersStayInFloat() throws {
        let file = try int8([("in0", try samples())]) { $0.floatLayers = ["block1*"] }
        let layers = file.report.quantization?.floatLayers.map(\.layer) ?? []
        #expect(!layers.isEmpty && layers.allSatisfy { $0.hasPrefix("block1") })
        let error = #expect(throws: ConversionError.self) {
            try int8([("in0", try samples())]) { $0.floatLayers = ["nothing"] }
        }
        #expect(error?.description.contains("no layer is called 'nothing'") == true)
    }

    @Test func statisticsStandForSamples() throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "statistics.json").path
            let first = try int8([("in0", try samples())]) {
                $0.savedStatistics = path
                $0.correctsBias = false
                $0.equalizes = false
            }
            var options = QuantizationOptions(.int8)
            options.statistics = path
            #expect(try convert(options).bytes == first.bytes)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing(/"high" : [^,\n]+/, with: #""high" : 1e300"#).write(
                toFile: path, atomically: false, encoding: .utf8)
            let error = #expect(throws: ConversionError.self) { try convert(options) }
            #expect(error?.description.contains("a range is not one of 32-bit floats") == true)
        }
    }

    @Test func theBudgetKeepsLayersInFloat() throws {
        let arrays = [
            ("in0", try samples(16)),
            ("y", Tensor((0..<16).map { Int32($0 % 10) }, [16])),
        ]
        func budget(_ limit: Double, truth: String?) throws -> QuantizationReport.Budget {
            let file = try int8(arrays) {
                $0.accuracyBudget = limit
                $0.truth = truth
            }
            return try #require(file.report.quantization?.budget)
        }
        let wide = try budget(1, truth: nil)
        #expect(wide.layers.isEmpty && wide.loss <= 1)
        let narrow = try budget(0, truth: "y")
        #expect(narrow.loss <= 0)
        let error = #expect(throws: ConversionError.self) { try budget(0, truth: "z") }
        #expect(error?.description.contains("no array 'z'") == true)
    }

    @Test func layersAreComparedOnSamplesHeldBack() throws {
        let report = try #require(try int8([("in0", try samples())]).report.quantization)
        #expect(!report.layers.isEmpty)
        #expect(report.layers.allSatisfy { $0.signalToNoise > 5 && $0.saturatedPart < 0.5 })
    }

    /// Indices beyond a table are an error of the samples, which names the layer.
    @Test func indicesBeyondTablesAreRefused() throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "samples.npz")
            let model = Repository.testdata("keras3/layers/embedding/plain.keras")
            try Data(
                NPZ.write([
                    (name: "in0", array: Tensor([Int32](repeating: 9999, count: 10), [2, 5]))
                ])
            )
            .write(to: path)
            var options = ConversionOptions()
            options.quantization = .int8(samples: .file(path.path))
            let error = #expect(throws: ConversionError.self) {
                try Converter(options).convert(ModelSource(model: model))
            }
            #expect(error?.description.contains("a sample cannot be run") == true)
        }
    }

    /// Other numbers would tell of nothing but that the inputs cannot hold them.
    @Test(arguments: [QuantizationOptions.Interface.float32, .int8])
    func integerFilesAreComparedOnWhatTheirInputsReach(
        interface: QuantizationOptions.Interface
    ) throws {
        let file = try int8([("in0", try samples())]) { $0.interface = interface }
        let report = try ModelComparison().compare(digits, with: .bytes(file.bytes))
        #expect(report.outputs.inputs == ["numbers that the inputs reach"])
        #expect(report.outputs.outputs[0].signalToNoise ?? 0 > 15)
        let saturation = report.layers.compactMap(\.saturatedPart)
        #expect(saturation.count >= 6 && saturation.allSatisfy { $0 < 0.05 })
        let json = try report.json()
        #expect(json.contains("saturatedPart"))
        #expect(report.text(file: "f", isPerLayer: true).contains("saturated"))
    }

    @Test func badSamplesAreRefused() throws {
        let cases: [(String, [(String, Tensor)])] = [
            ("NaN", [("in0", try samples { _ in .nan })]),
            ("all numbers are 3", [("in0", try samples { _ in 3 })]),
            ("has shape", [("in0", try samples(4, shape: [8, 9, 1]))]),
            ("there are no samples", [("in0", try samples(0))]),
            (
                "no samples for the input",
                [("a", try samples()), ("b", try samples())]
            ),
        ]
        for (message, arrays) in cases {
            let error = #expect(throws: ConversionError.self) { try int8(arrays) }
            #expect(
                error?.description.contains(message) == true,
                "\(message): \(error?.description ?? "")")
        }
        let missing = #expect(throws: ConversionError.self) {
            try convert(QuantizationOptions(.int8))
        }
        #expect(missing?.description.contains("needs typical inputs") == true)
    }
}
