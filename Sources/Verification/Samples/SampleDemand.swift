import Evaluation
import Foundations
import GraphIR
import Problems
import Tensors

/// What it takes to run a model and its file on samples, found out before there are any.
struct SampleDemand {
    let graph: Graph
    let precision: GraphEvaluator.Precision
    private var steps = 0

    /// The steps that a random number takes.
    static let stepsPerElement = 60
    /// The columns of a filter that kernels multiply at once, at most.
    private static let panel = 64

    init(_ graph: Graph, _ precision: GraphEvaluator.Precision) {
        self.graph = graph
        self.precision = precision
    }

    /// Adds a sample with inputs of these shapes, and checks that the current budget suffices for all so far.
    ///
    /// - Throws: `Problem.Kind.overBudget` with the layer, and what the operations throw if they do not take the shapes.
    mutating func add(_ shapes: [Shape]) throws {
        var resized = graph
        try resized.setInputShapes(
            Dictionary(
                zip(graph.inputs.map(\.value), shapes), uniquingKeysWith: { first, _ in first }))
        for port in resized.inputs {
            try locating(layer: port.name) {
                try require(resized[port.value].type, for: "the input of the verification")
                steps = saturatingSum(
                    steps,
                    saturatingProduct(
                        resized[port.value].type.shape.elementCount, Self.stepsPerElement))
            }
        }
        for node in resized.nodes {
            try locating(layer: node.layer) {
                try requireConstants(of: node, in: resized)
                let outputs = resized.types(of: node.outputs)
                for type in outputs { try require(type, for: "a result of \(node.op.name)") }
                let own = node.op.steps(
                    inputs: resized.types(of: node.inputs), outputs: outputs, precision)
                // The model and the file take about the same.
                steps = saturatingSum(steps, saturatingProduct(2, own))
                try ResourceBudget.current.requireSteps(steps, on: "computing \(node.op.name)")
            }
        }
    }

    /// Checks that the constants that an operation reads fit, with the filters that are filled up to whole vectors.
    private func requireConstants(of node: Node, in graph: Graph) throws {
        for (position, id) in node.inputs.enumerated() where graph.isConstant(id) {
            let type = graph[id].type
            var bytes = type.dtype.byteCount(of: type.shape.elementCount)
            if position == 1, case .filter(let axes) = graph.linearity(of: node) {
                let columns = max(type.shape.dims[axes.output], 1)
                bytes = saturatingProduct(bytes, (columns + Self.panel - 1) / columns)
            }
            try ResourceBudget.current.require(bytes, for: "the constants of \(node.op.name)")
        }
    }

    private func require(_ type: TensorType, for what: String) throws {
        guard type.shape.isStatic else { return }
        try ResourceBudget.current.require(
            type.dtype.byteCount(of: type.shape.elementCount), for: what)
    }
}
