import GraphIR
import Problems
import Tensors

/// Inputs for one run of a model and, where they were recorded, the outputs to expect.
struct Sample {
    /// What the inputs are, for the report.
    let kind: String
    let inputs: [Tensor]
    let expected: [Tensor]?

    /// One sample of each kind of input; free extents get another size in each, so that a resize is checked too.
    static func generated(for graph: Graph, seed: UInt64) -> [Sample] {
        var generator = SplitMix64(seed: seed)
        let bounds = IndexBounds.bounds(of: graph)
        return InputKind.allCases.enumerated().map { index, kind in
            let shapes = FreeExtents.shapes(of: graph, sample: index + 1)
            let inputs = graph.inputs.indices.map { input in
                kind.tensor(
                    TensorType(graph[graph.inputs[input].value].dtype, shapes[input]),
                    bound: bounds[input], using: &generator)
            }
            return Sample(kind: kind.rawValue, inputs: inputs, expected: nil)
        }
    }
}
