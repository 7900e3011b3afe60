import GraphIR
import Problems
import Tensors

/// Runs a graph on tensors.
///
/// An evaluator keeps what the graph keeps between runs. It can keep the weights it has packed, so that several runs pack
/// them once. It belongs to one thread.
package final class GraphEvaluator {
    /// Which kernels compute.
    package enum Precision: Sendable, Hashable {
        /// Sums in double precision; each value is rounded to its own type.
        case reference
        /// Blocked and vectorized kernels in single precision.
        case fast
    }

    private let graph: Graph
    private let precision: Precision
    private let threads: Int
    private let keepsPackedWeights: Bool
    private var weights: [NodeID: PackedWeights] = [:]
    /// What the last run kept; nil before the first.
    private var states: [Tensor]?
    private let recycler = StorageRecycler()
    /// Is shown what recurrent operations keep beside their outputs after each step, unless it is nil.
    package var observeStep: ((ValueID, Tensor) -> Void)?

    /// An evaluator of `graph`.
    ///
    /// - Parameters:
    ///   - threads: how many threads a fast kernel may use; the results do not depend on it.
    ///   - keepsPackedWeights: whether what has been packed is kept for the next run.
    package init(
        _ graph: Graph, precision: Precision, threads: Int = 1, keepsPackedWeights: Bool = true
    ) {
        self.keepsPackedWeights = keepsPackedWeights
        self.graph = graph
        self.precision = precision
        self.threads = threads
    }

    private func initialStates() throws -> [Tensor] {
        try graph.states.map { port in
            let type = graph[port.input].type
            let shape = type.shape.resolvingFree()
            return Tensor(
                dtype: type.dtype, shape: shape,
                storage: try .drawn(
                    byteCount: type.dtype.byteCount(of: shape.elementCount),
                    for: "the state '\(port.name)'"))
        }
    }

    /// The outputs of the graph, in its order.
    ///
    /// A value that is stored in another form than its type is rounded to that form before anything reads it.
    /// Values are freed after their last use; constants are read when a node needs them and freed after it.
    ///
    /// - Parameters:
    ///   - inputs: in the order of the graph's inputs; extents that are free there can have any size.
    ///   - observe: is shown each input and each result in running order; what it throws ends the run.
    /// - Throws: `Problem.Kind.invalidShape` if the inputs do not fit, `unsupportedOperator` for an element type that
    ///   an operation cannot compute with, `tooLarge` for a value beyond any memory.
    package func run(
        _ inputs: [Tensor], observing observe: (ValueID, Tensor) throws -> Void = { _, _ in }
    ) throws -> [Tensor] {
        try outputs(for: inputs) { id, tensor in
            try observe(id, tensor)
            return tensor
        }
    }

    /// The outputs of the graph if `replace` decides what is read for each input and each result.
    ///
    /// - Parameter replace: gets each input and each result in running order and returns a tensor of the same type; what it
    ///   throws ends the run.
    /// - Throws: as `run(_:observing:)`.
    package func outputs(
        for inputs: [Tensor], replacing replace: (ValueID, Tensor) throws -> Tensor
    ) throws -> [Tensor] {
        try checkInputs(inputs)
        var values = [Tensor?](repeating: nil, count: graph.values.count)
        var remainingUses = [Int](repeating: 0, count: graph.values.count)
        func keep(_ id: ValueID, _ computed: Tensor) throws {
            let storage = graph[id].storage
            let tensor = try replace(
                id,
                storage == .expressed ? computed : Constant(computed).stored(as: storage).tensor())
            let uses = graph.useCount(of: id)
            guard uses > 0 else { return }
            values[id.index] = tensor
            remainingUses[id.index] = uses
        }
        for (port, tensor) in zip(graph.inputs, inputs) { try keep(port.value, tensor) }
        for (port, tensor) in zip(graph.states, try states ?? initialStates()) {
            try keep(port.input, tensor)
        }
        for node in graph.nodes {
            let outputs = try outputs(of: node, values)
            for id in node.inputs {
                remainingUses[id.index] -= 1
                if remainingUses[id.index] == 0, let value = values[id.index].take() {
                    recycler.give(value)
                }
            }
            for (id, tensor) in zip(node.outputs, outputs) { try keep(id, tensor) }
        }
        states = try graph.states.map { try operand($0.output, values).tensor }
        return try graph.outputs.map { try operand($0.value, values).tensor }
    }

    private func outputs(of node: Node, _ values: [Tensor?]) throws -> [Tensor] {
        let operands = try node.inputs.map { try operand($0, values) }
        return try locating(layer: node.layer) {
            try NodeRun.outputs(
                of: node.op, operands: operands, storages: graph.storages(of: node),
                precision: precision, threads: threads, weights: packedWeights(of: node),
                recycler: recycler,
                observeStep: observeStep.map { observe in
                    { index, tensor in observe(node.outputs[index], tensor) }
                })
        }
    }

    private func checkInputs(_ inputs: [Tensor]) throws {
        guard inputs.count == graph.inputs.count else {
            throw Problem(
                .invalidShape("the graph takes \(graph.inputs.count) inputs, not \(inputs.count)"))
        }
        for (port, tensor) in zip(graph.inputs, inputs) {
            let type = graph[port.value].type
            let fits =
                tensor.dtype == type.dtype && tensor.shape.rank == type.shape.rank
                && zip(tensor.shape.dims, type.shape.dims).allSatisfy {
                    $1 == Shape.free || $0 == $1
                }
            guard fits else {
                throw Problem(
                    .invalidShape(
                        "input '\(port.name)' is \(TensorType(tensor.dtype, tensor.shape)), "
                            + "expected \(type)"))
            }
        }
    }

    private func operand(_ id: ValueID, _ values: [Tensor?]) throws -> NodeInput {
        if let constant = graph.constant(id) {
            let storage = graph[id].storage
            return storage == .expressed
                ? .constant(constant) : .tensor(constant.stored(as: storage).tensor())
        }
        guard let tensor = values[id.index] else {
            throw Problem(
                .invalidGraph("'\(graph[id].name)' is read before it is made", pass: nil))
        }
        return .tensor(tensor)
    }

    /// Where the packed weights of a node are kept; nil if its filter is not a constant.
    private func packedWeights(of node: Node) -> PackedWeights? {
        guard keepsPackedWeights, precision == .fast, node.inputs.count > 1,
            graph.constant(node.inputs[1]) != nil
        else { return nil }
        if let known = weights[node.id] { return known }
        let made = PackedWeights()
        weights[node.id] = made
        return made
    }
}

extension Op {
    /// The results of the operation, before they are rounded to their storages.
    ///
    /// - Parameter storages: those of its operands and results, on which the steps of a recurrent operation depend.
    /// - Throws: `Problem.Kind.invalidShape` if the inputs do not fit, `unsupportedOperator` for an element type that
    ///   the operation cannot compute with.
    package func evaluate(
        inputs: [Tensor], storages: [Storage] = [],
        precision: GraphEvaluator.Precision = .reference
    ) throws -> [Tensor] {
        try NodeRun.outputs(
            of: self, operands: inputs.map { .tensor($0) }, storages: storages,
            precision: precision, threads: 1, weights: nil)
    }
}
