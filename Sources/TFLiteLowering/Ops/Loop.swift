import GraphIR
import TFLiteFormat
import Tensors

extension Loop {
    /// WHILE over a counter, the sequences, the states and the collection.
    func lower(_ node: NodeLowering) throws {
        let types = node.node.inputs.indices.map { node.inputType($0) }
        let start = node.integers([0], role: "start")
        let condition = try conditionSubgraph(types, node)
        let body = try bodySubgraph(types, node)
        let counter = node.step(Self.counterType, role: "counter")
        let sequences = types.prefix(sequenceCount).map { node.step($0, role: "sequence") }
        node.emit(
            .while, [start] + node.inputs,
            to: [counter] + sequences + node.node.outputs.indices.map { node.output($0) },
            WhileOptions(conditionSubgraph: condition, bodySubgraph: body))
    }

    private static let counterType = GraphIR.TensorType(.int32, [1])

    /// Whether the counter is below the number of steps.
    private func conditionSubgraph(
        _ types: [GraphIR.TensorType], _ node: NodeLowering
    ) throws -> Int {
        let part = node.subgraph(of: Graph(name: "\(node.node.layer)/condition"))
        let inputs = part.addInputs([Self.counterType] + types)
        let layer = node.node.layer
        let steps = types[0].shape[1]
        let limit: Int
        if steps == Shape.free {
            let shape = part.addTensor(
                GraphIR.TensorType(.int32, [types[0].shape.rank]), role: "shape", layer: layer)
            part.emit(
                .shape, inputs: [inputs[1]], outputs: [shape],
                options: ShapeOptions(outputType: .int32), layer: layer)
            limit = part.addTensor(Self.counterType, role: "steps", layer: layer)
            let one = part.parameter(Constant([1], [1]), role: "one")
            part.emit(
                .slice, inputs: [shape, one, one], outputs: [limit], options: EmptyOptions.slice,
                layer: layer)
        } else {
            limit = part.parameter(Constant([steps], [1]), role: "steps")
        }
        let goesOn = part.addTensor(
            GraphIR.TensorType(.bool, [1]), role: "goes_on", layer: layer)
        part.emit(
            .less, inputs: [inputs[0], limit], outputs: [goesOn], options: EmptyOptions.less,
            layer: layer)
        return part.finishSubgraph(outputs: [goesOn])
    }

    /// One step.
    private func bodySubgraph(_ types: [GraphIR.TensorType], _ node: NodeLowering) throws -> Int {
        let graph = body.graph
        let part = node.subgraph(of: graph)
        let inputs = part.addInputs([Self.counterType] + types)
        let layer = node.node.layer
        for (index, port) in graph.inputs.enumerated() {
            guard index < sequenceCount else {
                part.bind(port.value, to: inputs[index + 1])
                continue
            }
            part.emit(
                .gather, inputs: [inputs[index + 1], inputs[0]],
                outputs: [part.tensor(for: port.value)],
                options: GatherOptions(axis: 1, batchDimensions: 0), layer: layer)
        }
        try part.lowerNodes()
        var results = try graph.outputs.map { try part.ownTensor(of: $0, besides: inputs) }
        if collects, let step = results.popLast() {
            results.append(
                collect(step, inputs[inputs.count - 1], counter: inputs[0], types, part, layer))
        }
        let next = part.addTensor(Self.counterType, role: "next", layer: layer)
        let one = part.parameter(Constant([1], [1]), role: "one")
        part.emit(
            .add, inputs: [inputs[0], one], outputs: [next],
            options: AddOptions(activation: .none),
            layer: layer)
        return part.finishSubgraph(outputs: [next] + inputs[1...sequenceCount] + results)
    }

    /// The collection with a step in its place.
    private func collect(
        _ step: Int, _ collection: Int, counter: Int, _ types: [GraphIR.TensorType],
        _ part: ModelAssembler, _ layer: String
    ) -> Int {
        let type = types[types.count - 1]
        let zero = part.parameter(Constant([0], [1]), role: "zero")
        let start = part.addTensor(
            GraphIR.TensorType(.int32, [type.shape.rank]), role: "start", layer: layer)
        let zeros = [Int](repeating: zero, count: type.shape.rank - 2)
        part.emit(
            .concatenation, inputs: [zero, counter] + zeros, outputs: [start],
            options: ConcatenationOptions(axis: 0), layer: layer)
        let result = part.addTensor(type, role: "collected", layer: layer)
        part.emit(
            .dynamicUpdateSlice, inputs: [collection, step, start], outputs: [result],
            options: EmptyOptions.dynamicUpdateSlice, layer: layer)
        return result
    }
}
