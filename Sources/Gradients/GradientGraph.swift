import GraphIR
import Problems
import Tensors

/// A graph that computes how an error of the outputs of another graph changes with its weights.
package struct GradientGraph {
    /// How an output is compared with its target.
    package enum Comparison: Sendable {
        /// The mean square of the difference, times a factor.
        case squares(factor: Double)
        /// T² · cross entropy of softmax(target / T) and softmax(value / T), times a factor, T being the temperature (Hinton,
        /// Vinyals and Dean 2015, "Distilling the knowledge in a neural network").
        case scores(temperature: Double, factor: Double)
    }

    /// A value of the model that has a target.
    package struct Goal: Sendable {
        package var value: ValueID
        package var comparison: Comparison

        package init(value: ValueID, comparison: Comparison) {
            self.value = value
            self.comparison = comparison
        }
    }

    /// The graph.
    ///
    /// Inputs: those of the model, the targets of the goals, the weights. Outputs: the gradients of the weights.
    package let graph: Graph
    /// The constants of the model whose gradients are computed.
    package let weights: [ValueID]
    /// How many records the model's inputs and the targets have instead of one; gradients are means over them.
    package let records: Int

    /// The gradients of the weights and biases of all convolutions and matrix products from which a known rule leads to every goal
    /// that they influence; nil if there are none.
    ///
    /// - Parameter records: how many are computed at once if the model takes one and computes each on its own.
    /// - Throws: `Problem` if the shapes do not fit.
    package init?(of model: Graph, goals: [Goal], records: Int = 1) throws {
        let known = model.weightsWithGradients(goals.map(\.value))
        guard !known.isEmpty else { return nil }
        let builder = GraphBuilder(name: "gradients")
        let records = model.canTakeRecords ? records : 1
        func input(_ id: ValueID, name: String) -> ValueID {
            builder.input(model[id].type.with(records: records), name: name)
        }
        let inputs = model.inputs.map { input($0.value, name: $0.name) }
        let targets = goals.enumerated().map { input($1.value, name: "target\($0)") }
        let parameters = known.map { builder.input(model[$0].type, name: model[$0].name) }
        var body = InlinedGraph(model, inputs: inputs, in: builder)
        body.bind(zip(known, parameters))
        for node in model.nodes {
            if case .reshape = node.op {
                let type = model[node.output].type.with(records: records)
                let x = try builder.reshape(body.values(node.inputs)[0], type.shape.dims)
                body.bind([(node.output, x)])
            } else {
                try body.add(CollectionOfOne(node), in: builder)
            }
        }
        var writer = BackwardWriter(builder: builder, isActive: Set(parameters))
        let values = body.values(goals.map(\.value))
        for (goal, (value, target)) in zip(goals, zip(values, targets)) {
            try writer.add(
                builder.difference(value, target, by: goal.comparison), to: value)
        }
        try writer.run()
        for (parameter, id) in zip(parameters, known) {
            guard let gradient = writer.gradients[parameter] else {
                throw Problem(
                    .invalidGraph("'\(model[id].name)' has no gradient", pass: "gradients"))
            }
            builder.output(gradient, name: model[id].name)
        }
        graph = builder.graph
        weights = known
        self.records = records
    }
}

/// Writes gradients, from the goals to the weights.
private struct BackwardWriter {
    let builder: GraphBuilder
    /// Values that depend on weights with gradients.
    var isActive: Set<ValueID>
    private(set) var gradients: [ValueID: ValueID] = [:]

    init(builder: GraphBuilder, isActive: Set<ValueID>) {
        self.builder = builder
        self.isActive = isActive
    }

    mutating func add(_ gradient: ValueID, to value: ValueID) throws {
        let sum = try gradients[value].map { try builder.add($0, gradient) }
        gradients[value] = sum ?? gradient
    }

    mutating func run() throws {
        let nodes = Array(builder.graph.nodes)
        for node in nodes where node.inputs.contains(where: isActive.contains) {
            isActive.formUnion(node.outputs)
        }
        for node in nodes.reversed() where isActive.contains(node.output) {
            guard let gradient = gradients[node.output],
                let rule = node.op.payload as? any Differentiable
            else { continue }
            builder.layer = node.layer
            let step = GradientStep(
                builder: builder, inputs: node.inputs, output: node.output, gradient: gradient,
                isWanted: node.inputs.map(isActive.contains))
            for (input, gradient) in zip(node.inputs, try rule.gradients(step)) {
                guard let gradient, isActive.contains(input) else { continue }
                try add(gradient, to: input)
            }
        }
    }
}

extension GraphBuilder {
    /// How an error changes with a value.
    fileprivate func difference(
        _ value: ValueID, _ target: ValueID, by comparison: GradientGraph.Comparison
    ) throws -> ValueID {
        switch comparison {
        case .squares(let factor):
            let count = Double(max(shape(of: value).elementCount, 1))
            return try binary(.multiply, subtract(value, target), 2 * factor / count)
        case .scores(let temperature, let factor):
            let (a, b) = try (
                binary(.divide, value, temperature), binary(.divide, target, temperature)
            )
            let axis = shape(of: value).rank - 1
            let records = Double(shape(of: value)[0])
            return try binary(
                .multiply, subtract(softmax(a, axis: axis), softmax(b, axis: axis)),
                temperature * factor / records)
        }
    }
}

extension Graph {
    /// The constant filters and biases of which each way to a goal has known rules, and which lead to one.
    fileprivate func weightsWithGradients(_ goals: [ValueID]) -> [ValueID] {
        var (reaches, isBlocked) = (Set(goals), Set<ValueID>())
        var weights: [ValueID] = []
        for node in nodes.reversed() where node.outputs.contains(where: reaches.contains) {
            reaches.formUnion(node.inputs)
            let types = node.inputs.map { self[$0].type }
            let rule = node.op.payload as? any Differentiable
            let isKnown =
                rule?.hasGradient(for: types) == true && node.outputs.count == 1
                && !node.outputs.contains(where: isBlocked.contains)
                && node.inputs.allSatisfy { self[$0].storage == .expressed }
            guard isKnown else {
                isBlocked.formUnion(node.inputs)
                continue
            }
            guard [.conv2D, .depthwiseConv2D, .fullyConnected].contains(node.op.kind) else {
                continue
            }
            weights += node.inputs.dropFirst().filter {
                constant($0)?.dtype == .float32 && useCount(of: $0) == 1
            }
        }
        return weights.reversed()
    }
}

extension TensorType {
    /// The type of several records instead of one.
    fileprivate func with(records: Int) -> TensorType {
        guard records > 1 else { return self }
        return TensorType(dtype, Shape([records] + shape.dims.dropFirst()))
    }
}

extension Graph {
    /// Whether each operation takes more records along its first axis and leaves them there.
    fileprivate var canTakeRecords: Bool {
        // A number that no other axis has.
        let many = 7919
        let computed = inputs.map(\.value) + nodes.flatMap(\.outputs)
        guard computed.allSatisfy({ self[$0].type.shape.dims.first == 1 }) else { return false }
        return nodes.allSatisfy { node in
            if case .reshape = node.op { return true }
            let types = node.inputs.map {
                isConstant($0) ? self[$0].type : self[$0].type.with(records: many)
            }
            let expected = node.outputs.map { self[$0].type.with(records: many) }
            do {
                return try node.op.outputTypes(for: types) == expected
            } catch {
                // The operation is bound to one record.
                return false
            }
        }
    }
}
