import Archives
import Foundations
import GraphIR
import Problems
import TensorFiles
import Tensors

/// Where samples are read from.
package enum SampleFiles {
    /// The samples in a `.npz` file (an array for each input by its name, or `in0`…), a `.npy` file or a table of a model
    /// with one input, or a folder of images or arrays.
    ///
    /// - Parameter images: how pixels become elements.
    /// - Throws: `Problem` if something is missing or does not fit the inputs of the graph.
    package static func samples(
        _ path: String, for graph: Graph, images: ImageScale
    ) throws -> any SampleSource {
        if let folder = opendir(path) {
            closedir(folder)
            return try FolderSamples(path, for: graph, images: images)
        }
        if path.lowercased().hasSuffix(".npz") { return try archived(path, for: graph) }
        guard graph.inputs.count == 1 else {
            throw Problem(
                .invalidArgument(
                    "one array is not enough for \(graph.inputs.count) inputs",
                    remedy: "Give a .npz file with an array for each input: \(names(of: graph))."),
                file: path)
        }
        let array = try TensorFile.read(path)[0].tensor.tensor
        return try ArraySamples([array], for: graph, files: [path])
    }

    /// Samples in arrays by the name of the input.
    package static func samples(
        _ arrays: [String: Tensor], for graph: Graph
    ) throws -> any SampleSource {
        try ordered(arrays, for: graph, file: nil)
    }

    /// Noise over the range of each input.
    ///
    /// - Parameter bounds: for each input the number of valid integers; `Int.max` for real numbers.
    package static func noise(
        for graph: Graph, bounds: [Int], seed: UInt64
    ) -> any SampleSource {
        RandomSamples(for: graph, bounds: bounds, seed: seed)
    }

    private static func archived(_ path: String, for graph: Graph) throws -> any SampleSource {
        let arrays = Dictionary(
            try NPZ.read(path: path).map { ($0.name, $0.array) }, uniquingKeysWith: { $1 })
        return try ordered(arrays, for: graph, file: path)
    }

    private static func ordered(
        _ arrays: [String: Tensor], for graph: Graph, file: String?
    ) throws -> any SampleSource {
        let found = try graph.inputs.enumerated().map { index, port in
            let known = [port.name, "in\(index)", "arr_\(index)"]
            if let array = known.lazy.compactMap({ arrays[$0] }).first { return array }
            if graph.inputs.count == 1, arrays.count == 1, let only = arrays.values.first {
                return only
            }
            throw Problem(
                .invalidArgument(
                    "there are no samples for the input '\(port.name)'; the file holds "
                        + arrays.keys.sorted().joined(separator: ", "),
                    remedy: "Name the arrays after the inputs: \(names(of: graph))."), file: file)
        }
        let files = [String](repeating: file ?? "the samples", count: found.count)
        return try ArraySamples(found, for: graph, files: files)
    }

    private static func names(of graph: Graph) -> String {
        graph.inputs.map { "\($0.name) (\(graph[$0.value].shape))" }.joined(separator: ", ")
    }
}
