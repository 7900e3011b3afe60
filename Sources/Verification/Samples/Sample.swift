import Foundations
import GraphIR
import Problems
import Tensors

/// Inputs for one run of a model, and the expected outputs if they were recorded.
struct Sample {
    /// What the inputs are, for the report.
    let kind: String
    let inputs: [Tensor]
    let expected: [Tensor]?

    /// One sample of each kind of input; free extents get another size in each, so that a resize is checked too.
    ///
    /// If runs take long and cannot differ in more than their inputs, one sample mixes the kinds, unless the check has to
    /// be thorough.
    ///
    /// - Parameter ranges: for each input the numbers that its floats are brought into; nil for any.
    static func generated(
        for graph: Graph, seed: UInt64, isThorough: Bool, within ranges: [ClosedRange<Double>?] = []
    ) throws -> [Sample] {
        var generator = SplitMix64(seed: seed)
        let bounds = IndexBounds.bounds(of: graph)
        let isMixed = !isThorough && isLongAndFixed(graph)
        let kinds = isMixed ? [InputKind.mixed] : InputKind.pure
        let shapes = try kinds.indices.map { try FreeExtents.shapes(of: graph, sample: $0 + 1) }
        var demand = SampleDemand(graph, isThorough ? .reference : .fast)
        for shapes in shapes { try demand.add(shapes) }
        return try zip(kinds, shapes).map { kind, shapes in
            let inputs = try graph.inputs.indices.map { input in
                try locating(layer: graph.inputs[input].name) {
                    try kind.tensor(
                        TensorType(graph[graph.inputs[input].value].dtype, shapes[input]),
                        bound: bounds[input],
                        within: ranges.indices.contains(input) ? ranges[input] : nil,
                        using: &generator)
                }
            }
            let isLimited = ranges.contains { $0 != nil }
            return Sample(
                kind: isLimited ? "numbers that the inputs reach" : kind.rawValue, inputs: inputs,
                expected: nil)
        }
    }

    /// Whether a run takes longer than about a millisecond, nothing is kept from one to the next, and all extents are fixed.
    private static func isLongAndFixed(_ graph: Graph) -> Bool {
        graph.states.isEmpty && graph.inputs.allSatisfy { graph[$0.value].type.shape.isStatic }
            && graph.cost.multiplyAccumulates > 1 << 25
    }
}
