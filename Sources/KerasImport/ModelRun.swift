import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import KerasLayers
import KerasWeights
import Problems
import Tensors

/// A tensor of the model in the graph.
struct BuiltTensor {
    var value: ValueID
    /// The steps that count, nil for all.
    var mask: ValueID?
}

/// One pass over a model that builds a graph of it.
final class ModelRun {
    let builder: GraphBuilder
    /// The layers in the order of their first calls.
    private(set) var summaries: [LayerSummary] = []
    /// The types of the outputs of each call, by the name of the call.
    private var outputTypes: [String: [TensorType]] = [:]

    private let layers: LayerInstances
    let options: ImportOptions
    let version: KerasVersion
    /// The weights of the layers.
    private(set) var weights: WeightSource
    private var callCounts: [LayerPath: Int] = [:]
    /// What cannot be built, in the order in which it was found.
    private(set) var problems: [Problem]

    /// A run that builds what it can and keeps what it cannot as problems.
    init(surveying model: ModelDescription, layers: LayerInstances, options: ImportOptions) {
        builder = GraphBuilder(name: model.name)
        self.layers = layers
        self.options = options
        version = model.version
        weights = WeightSource(nil)
        problems = layers.problems
        do {
            _ = try build(model)
        } catch let problem as Problem {
            problems.append(problem)
        } catch {
            problems.append(Problem(.internalFault("\(error)")))
        }
    }

    /// - Throws: `Problems` with everything that cannot be built.
    init(
        _ model: ModelDescription, layers: LayerInstances, options: ImportOptions,
        assignment: WeightAssignment?
    ) throws {
        builder = GraphBuilder(name: model.name)
        self.layers = layers
        self.options = options
        version = model.version
        weights = WeightSource(assignment)
        problems = layers.problems
        var outputs: [BuiltTensor?] = []
        do {
            outputs = try build(model)
        } catch let problem as Problem where !problems.isEmpty {
            problems.append(problem)
        }
        if !problems.isEmpty { throw Problems(problems) }
        var names = UniqueNames()
        for (reference, output) in zip(model.outputs.tensors, outputs) {
            guard let output else {
                throw Problem(.brokenTopology("the output '\(reference.layer)' is never computed"))
            }
            if builder.isComplex(output.value) { throw Problem.complexNumbers }
            builder.output(output.value, name: names.unique(reference.layer))
        }
    }

    /// Checks that each call has outputs of the types that it had in another run, so that they depend on no stored array.
    ///
    /// - Throws: `Problem.Kind.invalidGraph` with the call.
    func checkTypes(as survey: ModelRun) throws {
        for (name, types) in outputTypes {
            guard let expected = survey.outputTypes[name], expected != types else { continue }
            throw Problem(
                .invalidGraph(
                    "its outputs are \(types) with the stored weights, not \(expected)", pass: nil),
                layer: name)
        }
    }

    /// Builds the whole model and returns its outputs, nil for those that are never computed.
    private func build(_ model: ModelDescription) throws -> [BuiltTensor?] {
        try checkCalls(of: model)
        let inputs = try model.inputs.tensors.map { try graphInput($0.layer, of: model) }
        return try build(model, at: LayerPath([]), inputs: inputs, isTraining: false)
    }

    private func graphInput(_ name: String, of model: ModelDescription) throws -> BuiltTensor {
        guard let layer = model.layer(named: name), layer.isInput else {
            throw Problem(.brokenTopology("the input '\(name)' is not an input layer"))
        }
        return try locating(layer: name, class: layer.className) {
            let type = try options.inputType(of: layer)
            let value = builder.input(type, name: name)
            summaries.append(
                LayerSummary(
                    path: name, className: layer.className, outputShapes: [type.shape],
                    parameterCount: 0))
            return BuiltTensor(value: value)
        }
    }

    /// Builds a call of a model; an output that depends on a failed layer is nil.
    ///
    /// - Parameter isTraining: whether layers do what they do in training, if their own calls state nothing else.
    func build(
        _ model: ModelDescription, at path: LayerPath, inputs: [BuiltTensor], isTraining: Bool
    ) throws -> [BuiltTensor?] {
        guard model.inputs.tensors.count == inputs.count else {
            throw Problem(
                .invalidShape(
                    "the model takes \(model.inputs.tensors.count) inputs, not \(inputs.count)"))
        }
        var tensors = Dictionary(
            zip(model.inputs.tensors, inputs), uniquingKeysWith: { first, _ in first })
        for position in try model.evaluationOrder() {
            let layer = model.layers[position.layer]
            let call = layer.calls[position.node]
            guard call.tensors.allSatisfy({ tensors[$0] != nil }) else { continue }
            let path = path.appending(layer.name)
            do {
                let outputs = try build(
                    call, of: layer, at: path, tensors,
                    isTraining: self.isTraining(call, within: isTraining))
                for (index, output) in outputs.enumerated() {
                    let reference = TensorReference(
                        layer: layer.name, node: position.node, tensor: index)
                    tensors[reference] = output
                }
            } catch let problem as Problem {
                problems.append(problem.naming(path, layer))
            }
        }
        return model.outputs.tensors.map { tensors[$0] }
    }

    /// What a call takes besides its operations, in steps of a budget.
    private static let stepsPerCall = 20_000

    /// Refuses a model whose calls of models multiply beyond the budget before any of them is built.
    private func checkCalls(of model: ModelDescription) throws {
        var count = 0
        for layer in model.layers {
            count = saturatingSum(count, layer.totalCallCount)
            try locating(layer: layer.name, class: layer.className) {
                try ResourceBudget.current.requireSteps(
                    saturatingProduct(count, Self.stepsPerCall), on: "the calls of the model")
            }
        }
    }

    private func build(
        _ call: CallDescription, of layer: LayerDescription, at path: LayerPath,
        _ tensors: [TensorReference: BuiltTensor], isTraining: Bool
    ) throws -> [BuiltTensor?] {
        try ResourceBudget.current.spend(Self.stepsPerCall, on: "the calls of the model")
        if let inner = layer.model {
            var inputs = inner.orderedInputs(call).compactMap { tensors[$0] }
            if inputs.count == 1, case .tensor(let mask) = call.keywordArguments["mask"] {
                inputs[0].mask = tensors[mask]?.value
            }
            return try build(inner, at: path, inputs: inputs, isTraining: isTraining)
        }
        if let (inner, depth) = layer.distribution {
            let inputs = inner.orderedInputs(call).compactMap { tensors[$0] }
            let outputs = try buildForEveryStep(
                inner, depth: depth, at: path, inputs: inputs, isTraining: isTraining)
            for output in outputs.compactMap({ $0 }) {
                builder.finish(output.value, asOutputOf: path.description)
            }
            return outputs
        }
        guard let instance = layers.layers[path] else { return [] }
        let number = callCounts[path, default: 0]
        callCounts[path] = number + 1
        builder.layer = path.description
        var context = try context(of: call, for: instance, tensors)
        context.isTraining = isTraining
        if isTraining, layer.drawsInTraining {
            builder.remark(
                "called with training=True; what it draws at random is left out", on: context.inputs
            )
        }
        context.weights = try weights.weights(
            of: instance, at: path, for: context, on: context.inputs.map { builder.type(of: $0) })
        let outputs = try instance.build(context, in: builder)
        let mask = try instance.outputMask(context, in: builder)
        let name = number == 0 ? path.description : "\(path):\(number)"
        for (index, output) in outputs.enumerated() {
            builder.finish(output, asOutputOf: index == 0 ? name : "\(name)#\(index)")
        }
        outputTypes[name] = outputs.map { builder.type(of: $0) }
        if number == 0 {
            summaries.append(
                LayerSummary(
                    path: path.description, className: layer.className,
                    outputShapes: outputs.map { builder.shape(of: $0) },
                    parameterCount: weights.elementCount(at: path)))
        }
        return outputs.enumerated().map {
            BuiltTensor(value: $1, mask: $0 == 0 ? mask : nil)
        }
    }
}
