import GraphIR
import Interpreter
import Problems
import Quantization
import TensorFiles
import Tensors
import Verification

/// Typical inputs of a model, which show the numbers that integers have to stand for.
public struct CalibrationSamples: Sendable {
    private enum Source: Sendable {
        case files(String, ImageScale)
        case arrays([String: LiteTensor])
        case noise
    }

    private let source: Source

    /// Samples in files: a `.npz` file with an array for each input by its name, a `.npy` or `.csv` file for a model with one
    /// input, or a folder of images or arrays.
    ///
    /// Arrays have a row for each sample.
    ///
    /// - Parameter images: how pixels become elements.
    public static func file(_ path: String, images: ImageScale = ImageScale()) -> CalibrationSamples
    {
        CalibrationSamples(source: .files(path, images))
    }

    /// Samples in arrays by the name of the input, with a row for each sample.
    public static func arrays(_ arrays: [String: LiteTensor]) -> CalibrationSamples {
        CalibrationSamples(source: .arrays(arrays))
    }

    /// Noise over the range of each input, for models whose data are not at hand; it costs 1 to 5 decibels.
    public static let random = CalibrationSamples(source: .noise)

    /// Whether these are noise.
    var isNoise: Bool { if case .noise = source { true } else { false } }

    /// The file that they are read from.
    var path: String? { if case .files(let path, _) = source { path } else { nil } }

    /// The samples for a model.
    func open(for graph: Graph, seed: UInt64) throws -> any SampleSource {
        switch source {
        case .files(let path, let images):
            try SampleFiles.samples(path, for: graph, images: images)
        case .arrays(let arrays):
            try SampleFiles.samples(arrays.mapValues(\.tensor), for: graph)
        case .noise:
            SampleFiles.noise(for: graph, bounds: graph.inputIndexBounds, seed: seed)
        }
    }
}
