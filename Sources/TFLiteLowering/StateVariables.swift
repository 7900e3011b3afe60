import GraphIR
import TFLiteFormat
import Tensors

extension SubgraphWriter {
    /// Reads what the graph keeps between runs from variables and returns their handles, in the order of the states.
    ///
    /// A subgraph that the runtime calls once sets them to zero. They are variables of their own instead of tensors that are
    /// flagged as variable, because delegates leave a graph alone in which an operator reads such a tensor and a later one
    /// writes it.
    func readStates() throws -> [TensorIndex] {
        guard !graph.states.isEmpty else { return [] }
        layer = graph.name
        try emit(
            .callOnce, [], to: [],
            CallOnceOptions(initialSubgraph: initialSubgraph()))
        return try graph.states.map { state in
            layer = state.name
            let handle = try emitHandle(state.name)
            try emit(.readVariable, [handle], to: [tensor(for: state.input)])
            return handle
        }
    }

    /// Keeps what the next run starts with in the variables of `handles`.
    func writeStates(_ handles: [TensorIndex]) throws {
        for (state, handle) in zip(graph.states, handles) where state.input != state.output {
            layer = state.name
            try emit(.assignVariable, [handle, tensor(for: state.output)], to: [])
        }
    }

    /// Sets all variables to zero.
    private func initialSubgraph() throws -> Int {
        let part = makeSubgraph(of: Graph(name: "\(graph.name)/initial_states"))
        for state in graph.states {
            part.layer = state.name
            let type = graph[state.input].type
            let zeros = part.step(type, role: "zeros")
            let dims = part.integers(type.shape.dims, role: "dims")
            let zero = part.parameter(Constant(Tensor.zeros(type.dtype, .scalar)), role: "zero")
            try part.emit(.fill, [dims, zero], to: [zeros])
            try part.emit(.assignVariable, [part.emitHandle(state.name), zeros], to: [])
        }
        return part.finish(outputs: [])
    }

    private func emitHandle(_ name: String) throws -> TensorIndex {
        let handle = addHandle(role: "variable", layer: name)
        try emit(
            .varHandle, [], to: [handle],
            VarHandleOptions(container: "", sharedName: name))
        return handle
    }
}
