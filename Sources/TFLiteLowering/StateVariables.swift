import GraphIR
import TFLiteFormat
import Tensors

extension ModelAssembler {
    /// Reads what the graph keeps between runs from variables and returns their handles.
    ///
    /// A subgraph that the runtime calls once sets them to zero. Variables of their own, not tensors that are flagged as
    /// variable, because delegates leave a graph alone in which an operator reads such a tensor and a later one writes it.
    func readStates() -> [Int] {
        guard !graph.states.isEmpty else { return [] }
        emit(
            .callOnce, inputs: [], outputs: [],
            options: CallOnceOptions(initialSubgraph: initialSubgraph()),
            layer: graph.name)
        return graph.states.map { state in
            let handle = emitHandle(state.name)
            emit(
                .readVariable, inputs: [handle], outputs: [tensor(for: state.input)],
                options: EmptyOptions.readVariable, layer: state.name)
            return handle
        }
    }

    /// Sets all variables to zero.
    private func initialSubgraph() -> Int {
        let part = makeSubgraph(of: Graph(name: "\(graph.name)/initial_states"))
        for state in graph.states {
            let type = graph[state.input].type
            let zeros = part.addTensor(type, role: "zeros", layer: state.name)
            let dims = part.parameter(
                Constant(type.shape.dims, [type.shape.rank]), role: "dims")
            let zero = part.parameter(Constant(Tensor.zeros(type.dtype, .scalar)), role: "zero")
            part.emit(
                .fill, inputs: [dims, zero], outputs: [zeros], options: EmptyOptions.fill,
                layer: state.name)
            part.emit(
                .assignVariable, inputs: [part.emitHandle(state.name), zeros], outputs: [],
                options: EmptyOptions.assignVariable, layer: state.name)
        }
        return part.finishSubgraph(outputs: [])
    }

    private func emitHandle(_ name: String) -> Int {
        let handle = addHandle(role: "variable", layer: name)
        emit(
            .varHandle, inputs: [], outputs: [handle],
            options: VarHandleOptions(container: "", sharedName: name), layer: name)
        return handle
    }
}
