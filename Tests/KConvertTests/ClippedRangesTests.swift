import Archives
import Foundation
import Foundations
import KConvert
import TestSupport
import Tensors
import Testing

/// Ranges that are cut off at rare numbers.
@Suite struct ClippedRangesTests {
    /// A file for samples of a network that weighs the cubes of its inputs.
    private func convert(
        _ samples: Tensor, change: (inout QuantizationOptions) -> Void = { _ in }
    ) throws -> Converter.File {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "samples.npz")
            try Data(NPZ.write([(name: "in0", array: samples)])).write(to: path)
            var quantization = QuantizationOptions.int8(samples: .file(path.path))
            quantization.correctsBias = false
            quantization.equalizes = false
            quantization.isForced = true
            change(&quantization)
            var options = ConversionOptions()
            options.quantization = quantization
            let model = Repository.testdata("quantization/tails/cubes.keras")
            return try Converter(options).convert(ModelSource(model: model))
        }
    }

    private func agreement(_ file: Converter.File) throws -> Double {
        try #require(file.report.verification?.outputs[0].signalToNoise)
    }

    private func samples(
        _ count: Int, seed: UInt64, _ draw: (inout SplitMix64) -> Double
    ) -> Tensor {
        var random = SplitMix64(seed: seed)
        let shape: Shape = [count, 64, 8]
        return Tensor((0..<shape.elementCount).map { _ in Float(draw(&random)) }, shape)
    }

    /// Few inputs of a Laplace distribution have cubes that are far larger than the rest.
    @Test func rareNumbersAreCutOff() throws {
        let tails = samples(256, seed: 5) { random in
            let x = Double.random(in: -1..<1, using: &random)
            return x < 0 ? log(1 + x) : -log(1 - x)
        }
        let cut = try convert(tails)
        let whole = try convert(tails) { $0.clipsRanges = false }
        #expect(try #require(cut.report.quantization?.rangeGain) > 1)
        #expect(whole.report.quantization?.rangeGain == nil)
        #expect(try agreement(cut) > agreement(whole) + 2)
    }

    /// Sums of three uniform numbers have hardly any tails, so that finer steps bring too little.
    @Test func whatBringsTooLittleIsNotKept() throws {
        let even = samples(64, seed: 3) { random in
            (0..<3).reduce(0) { sum, _ in sum + Double.random(in: -1..<1, using: &random) }
        }
        let file = try convert(even)
        #expect(file.report.quantization?.rangeGain == nil)
        #expect(file.bytes == (try convert(even) { $0.clipsRanges = false }).bytes)
        #expect(file.bytes != (try convert(even) { $0.calibration = "mse" }).bytes)
    }
}
