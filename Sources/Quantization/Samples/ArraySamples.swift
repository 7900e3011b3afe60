import GraphIR
import Problems
import Tensors

/// Samples in arrays with a row for each.
struct ArraySamples: SampleSource {
    private let arrays: [Tensor]
    private let batch: Int
    let count: Int

    /// Samples in one array for each input of a graph, in its order.
    ///
    /// - Parameter files: what the arrays were read from, for messages.
    /// - Throws: `Problem.Kind.invalidArgument` if an array does not fit its input or the others.
    init(_ arrays: [Tensor], for graph: Graph, files: [String]) throws {
        let types = graph.inputs.map { graph[$0.value].type }
        self.arrays = try arrays.enumerated().map { index, array in
            try locating(file: files[index]) {
                try SampleCheck(graph.inputs[index].name, types[index]).fitted(array)
            }
        }
        let batch = types.first?.shape.dims.first ?? 1
        self.batch = batch == Shape.free ? 1 : max(batch, 1)
        let rows = Set(self.arrays.map { $0.shape.dims.first ?? 1 })
        guard rows.count <= 1 else {
            throw Problem(
                .invalidArgument(
                    "the arrays hold different numbers of samples: "
                        + rows.sorted().map(String.init).joined(separator: ", "),
                    remedy: "Record all inputs together."), file: files.first)
        }
        count = (rows.first ?? 0) / self.batch
        guard count > 0 else {
            throw Problem(
                .invalidArgument(
                    rows.first == 0
                        ? "there are no samples"
                        : "\(rows.first ?? 0) samples do not fill a batch of \(self.batch)",
                    remedy: "Give 16 to 100 typical inputs."), file: files.first)
        }
    }

    func inputs(_ index: Int) throws -> [Tensor] {
        arrays.map {
            Constant($0).sliced(index * batch..<(index + 1) * batch, axis: 0).tensor()
        }
    }
}
