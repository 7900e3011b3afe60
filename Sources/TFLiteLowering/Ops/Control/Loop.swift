import GraphIR
import TFLiteFormat
import Tensors

extension Loop {
    /// WHILE over a counter, the sequences, the states and the collection.
    func lower(_ node: NodeLowering) throws {
        let types = node.node.inputs.indices.map { node.inputType($0) }
        let start = node.integers([0], role: "start")
        let condition = try conditionSubgraph(types, node.writer)
        let body = try bodySubgraph(types, node.writer)
        let counter = node.step(Self.counterType, role: "counter")
        let sequences = types.prefix(sequenceCount).map { node.step($0, role: "sequence") }
        try node.emit(
            .while, [start] + node.inputs,
            to: [counter] + sequences + node.node.outputs.indices.map { try node.output($0) },
            WhileOptions(conditionSubgraph: condition, bodySubgraph: body))
    }

    private static let counterType = TensorType(.int32, [1])

    /// Whether the counter is below the number of steps.
    private func conditionSubgraph(
        _ types: [TensorType], _ writer: SubgraphWriter
    ) throws -> Int {
        let part = writer.makeSubgraph(of: Graph(name: "\(writer.layer)/condition"))
        let inputs = part.addInputs([Self.counterType] + types)
        let steps = types[0].shape[1]
        let limit: TensorIndex
        if steps == Shape.free {
            let shape = try part.emitStep(
                .shape, [inputs[1]], TensorType(.int32, [types[0].shape.rank]),
                ShapeOptions(outputType: .int32), role: "shape")
            limit = part.step(Self.counterType, role: "steps")
            let one = part.integers([1], role: "one")
            try part.emit(.slice, [shape, one, one], to: [limit])
        } else {
            limit = part.integers([steps], role: "steps")
        }
        let goesOn = try part.emitStep(
            .less, [inputs[0], limit], TensorType(.bool, [1]), role: "goes_on")
        return part.finish(outputs: [goesOn])
    }

    /// One step.
    private func bodySubgraph(
        _ types: [TensorType], _ writer: SubgraphWriter
    ) throws -> Int {
        let graph = body.graph
        let part = writer.makeSubgraph(of: graph)
        let inputs = part.addInputs([Self.counterType] + types)
        for (index, port) in graph.inputs.enumerated() {
            guard index < sequenceCount else {
                part.bind(port.value, to: inputs[index + 1])
                continue
            }
            try part.emit(
                .gather, [inputs[index + 1], inputs[0]], to: [part.tensor(for: port.value)],
                GatherOptions(axis: 1, batchDimensions: 0))
        }
        try part.writeNodes()
        var results = try graph.outputs.map { try part.ownTensor(of: $0, besides: inputs) }
        part.layer = writer.layer
        if collects, let step = results.popLast(), let collection = types.last {
            results.append(
                try collect(step, in: inputs[inputs.count - 1], collection, inputs[0], part))
        }
        let next = part.step(Self.counterType, role: "next")
        try part.emit(
            .add, [inputs[0], part.integers([1], role: "one")], to: [next],
            AddOptions(activation: .none))
        return part.finish(outputs: [next] + inputs[1...sequenceCount] + results)
    }

    /// The collection with a step in its place.
    private func collect(
        _ step: TensorIndex, in collection: TensorIndex, _ type: TensorType,
        _ counter: TensorIndex, _ part: SubgraphWriter
    ) throws -> TensorIndex {
        let rank = type.shape.rank
        let zero = part.integers([0], role: "zero")
        let start = try part.emitStep(
            .concatenation, [zero, counter] + [TensorIndex](repeating: zero, count: rank - 2),
            TensorType(.int32, [rank]), ConcatenationOptions(axis: 0),
            role: "start")
        return try part.emitStep(
            .dynamicUpdateSlice, [collection, step, start], type, role: "collected")
    }
}
