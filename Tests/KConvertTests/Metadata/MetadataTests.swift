import Archives
import FixtureSupport
import Foundation
import Interpreter
import KConvert
import TFLiteFormat
import TestSupport
import Testing

/// What apps are told of a file is what the model says, and the file stays one that runtimes run.
struct MetadataTests {
    private func fixture(_ name: String) throws -> Fixture {
        try #require(Fixture.all.first { $0.path == "/keras2/models/" + name })
    }

    /// Converts a model with labels for its output.
    private func converted(
        _ name: String, _ metadata: MetadataOptions, in folder: URL
    ) throws -> (path: String, warnings: [String]) {
        var options = ConversionOptions()
        options.metadata = metadata
        let path = folder.appending(path: "model.tflite").path
        let report = try Converter(options).convert(try fixture(name).source, to: path)
        return (path, report.warnings)
    }

    private func metadata(_ path: String) throws -> SubgraphMetadata {
        let model = try TFLiteReader.read(path: path)
        let entry = try #require(model.metadata.first { $0.name == "TFLITE_METADATA" })
        let bytes = try #require(try model[entry.buffer].source?.bytes())
        #expect(Array(bytes[4..<8]) == Array("M001".utf8))
        #expect(model.signatures.map(\.key) == ["serving_default"])
        let metadata = try ModelMetadata(bytes)
        #expect(metadata.name == "chain")
        #expect(metadata.parserVersion == "1.0.0")
        #expect(try ModelMetadata(try metadata.bytes()) == metadata)
        return try #require(metadata.subgraphs.first)
    }

    @Test func imagesAndLabelsAreDescribed() throws {
        try Repository.withTemporaryFolder { folder in
            let labels = folder.appending(path: "labels.txt")
            let text = Data("cat\ndog\nzebra finch\n".utf8)
            try text.write(to: labels)
            var options = MetadataOptions()
            (options.mean, options.deviation) = ([127.5, 100, 90], [127.5])
            options.labels = [.init(path: labels.path)]
            let (path, warnings) = try converted("conv_global_pool_bn_dense", options, in: folder)
            #expect(warnings.isEmpty)

            let found = try metadata(path)
            let input = try #require(found.inputs.first)
            #expect(input.name == "x")
            let size = ImageProperties.Size(width: 8, height: 8)
            #expect(input.content?.properties == .image(ImageProperties(.rgb, size: size)))
            let normalization = try #require(input.processing.first?.options)
            #expect(normalization.mean == [127.5, 100, 90])
            #expect(normalization.deviation == [127.5])
            #expect(input.statistics?.least == [-1, -100 / 127.5, -90 / 127.5])
            #expect(input.statistics?.largest == [1, 155 / 127.5, 165 / 127.5])
            let output = try #require(found.outputs.first)
            #expect(output.name == "dense")
            #expect(output.files.map(\.name) == ["labels.txt"])
            #expect(output.files.map(\.purpose) == [.axisLabels])

            let archive = try ZipArchive(path: path)
            let member = try #require(archive.member("labels.txt"))
            let contents = try archive.contents(of: member)
            #expect(withExtendedLifetime(contents) { contents.mutableBytes.elementsEqual(text) })
            #expect(try LiteModel(contentsOf: path).inputNames == ["x"])

            let facts = try Inspection(of: ModelSource(model: path)).facts
            #expect(
                facts["metadata of output 'dense'"]?.hasSuffix(
                    "labels.txt with 3 lines: cat, dog, zebra finch") == true)
            #expect(facts["metadata of input 'x'"]?.contains("[127.5, 100, 90]") == true)
            #expect(try bytes(options, in: folder) == bytes(options, in: folder))
        }
    }

    private func bytes(_ options: MetadataOptions, in folder: URL) throws -> Data {
        let (path, _) = try converted("conv_global_pool_bn_dense", options, in: folder)
        return try Data(contentsOf: URL(filePath: path))
    }

    /// y = ((x / 2 + 0.2) − mean) / deviation, which the file computes itself.
    @Test func normalizationOfTheModelStaysInTheFile() throws {
        try Repository.withTemporaryFolder { folder in
            let (path, warnings) = try converted(
                "rescaling_normalization_pad_conv", MetadataOptions(), in: folder)
            #expect(warnings.isEmpty)
            let input = try #require(try metadata(path).inputs.first)
            #expect(input.processing.map(\.options) == [ProcessOptions(mean: [0], deviation: [1])])
            #expect(input.statistics == ValueStatistics(largest: [255], least: [0]))
            let text = try #require(input.description)
            #expect(
                text.contains(
                    "The file computes (x − [0.4, 0.6, 0.8]) / [1.0954, 0.89443, 1.2649] of it."))
        }
    }

    /// Zeros and ones of pixels are far from the recorded inputs, which the scale is made for.
    @Test func bytesThatAreNoPixelsAreWarnedOf() throws {
        try Repository.withTemporaryFolder { folder in
            let fixture = try fixture("conv_global_pool_bn_dense")
            for (deviation, isWarned) in [(64.0, true), (1 / 0.02484, false)] {
                var options = ConversionOptions()
                options.metadata = MetadataOptions()
                options.metadata?.mean = isWarned ? [127.5] : [140]
                options.metadata?.deviation = [deviation]
                options.quantization = QuantizationOptions(.int8)
                options.quantization?.samples = .file(fixture.data)
                options.quantization?.interface = .uint8
                options.quantization?.isForced = true
                let path = folder.appending(path: "model.tflite").path
                let report = try Converter(options).convert(fixture.source, to: path)
                #expect(report.warnings.contains { $0.contains("bytes") } == isWarned)
            }
        }
    }

    @Test func unknownNormalizationIsWarnedOf() throws {
        try Repository.withTemporaryFolder { folder in
            let (path, warnings) = try converted(
                "conv_global_pool_bn_dense", MetadataOptions(), in: folder)
            #expect(warnings.contains { $0.contains("input 'x'") })
            #expect(try metadata(path).inputs.first?.statistics == nil)
        }
    }

    @Test(arguments: ["cat\ndog\n", "", "cat\n\ndog\n"])
    func labelsHaveToFit(_ text: String) throws {
        try Repository.withTemporaryFolder { folder in
            let labels = folder.appending(path: "labels.txt")
            try Data(text.utf8).write(to: labels)
            var options = MetadataOptions()
            options.labels = [.init(path: labels.path)]
            #expect {
                try converted("conv_global_pool_bn_dense", options, in: folder)
            } throws: {
                "\($0)".contains("labels")
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files == ["labels.txt"])
        }
    }

    @Test func numbersHaveToFitChannels() throws {
        try Repository.withTemporaryFolder { folder in
            var options = MetadataOptions()
            options.mean = [1, 2]
            #expect {
                try converted("conv_global_pool_bn_dense", options, in: folder)
            } throws: {
                "\($0)".contains("2 numbers")
            }
        }
    }

    @Test func damagedMetadataAreRefused() {
        #expect(throws: (any Error).self) { try ModelMetadata([]) }
        #expect(throws: (any Error).self) { try ModelMetadata(Array("\u{4}\0\0\0M001".utf8)) }
    }
}
