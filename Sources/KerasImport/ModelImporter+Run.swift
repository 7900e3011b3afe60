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

    private let layers: LayerInstances
    private let options: ImportOptions
    private let version: KerasVersion
    /// The weights; nil where the run is to find out which there are.
    private let weights: WeightAssignment?
    /// The weights that the layers expect.
    private var specs: [LayerPath: [WeightSpec]] = [:]
    private var callCounts: [LayerPath: Int] = [:]
    private var problems: [Problem]

    /// - Throws: `Problems` with everything that cannot be built.
    init(
        _ model: ModelDescription, layers: LayerInstances, options: ImportOptions,
        weights: WeightAssignment?
    ) throws {
        builder = GraphBuilder(name: model.name)
        self.layers = layers
        self.options = options
        version = model.version
        self.weights = weights
        problems = layers.problems
        var outputs: [BuiltTensor?] = []
        do {
            let inputs = try model.inputs.tensors.map { reference in
                try graphInput(reference.layer, of: model)
            }
            outputs = try build(model, at: LayerPath([]), inputs: inputs)
        } catch let problem as Problem where !problems.isEmpty {
            problems.append(problem)
        }
        if !problems.isEmpty { throw Problems(problems) }
        var names = UniqueNames()
        for (reference, output) in zip(model.outputs.tensors, outputs) {
            guard let output else {
                throw Problem(.brokenTopology("the output '\(reference.layer)' is never computed"))
            }
            builder.output(output.value, name: names.unique(reference.layer))
        }
    }

    /// What the matcher has to find, in the order of the model's layers.
    func weightRequests(of model: ModelDescription, at path: LayerPath = LayerPath([]))
        -> [WeightRequest]
    {
        model.layers.flatMap { layer -> [WeightRequest] in
            let path = path.appending(layer.name)
            if let inner = layer.model ?? layer.distributedModel {
                return weightRequests(of: inner, at: path)
            }
            guard let specs = specs[path] else { return [] }
            return [
                WeightRequest(
                    path: path, className: layer.className,
                    innerClassName: layer.wrapped("layer")?.className,
                    isTrainable: layer.isTrainable, specs: specs)
            ]
        }
    }

    private func graphInput(_ name: String, of model: ModelDescription) throws -> BuiltTensor {
        guard let layer = model.layer(named: name), layer.isInput else {
            throw Problem(.brokenTopology("the input '\(name)' is no input layer"))
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
    private func build(
        _ model: ModelDescription, at path: LayerPath, inputs: [BuiltTensor]
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
                let outputs = try build(call, of: layer, at: path, tensors)
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

    private func build(
        _ call: CallDescription, of layer: LayerDescription, at path: LayerPath,
        _ tensors: [TensorReference: BuiltTensor]
    ) throws -> [BuiltTensor?] {
        if let inner = layer.model {
            var inputs = inner.orderedInputs(call).compactMap { tensors[$0] }
            if inputs.count == 1, case .tensor(let mask) = call.keywordArguments["mask"] {
                inputs[0].mask = tensors[mask]?.value
            }
            return try build(inner, at: path, inputs: inputs)
        }
        if let (inner, depth) = layer.distribution {
            let inputs = inner.orderedInputs(call).compactMap { tensors[$0] }
            let outputs = try buildForEveryStep(inner, depth: depth, at: path, inputs: inputs)
            for output in outputs.compactMap({ $0 }) {
                builder.finish(output.value, asOutputOf: path.description)
            }
            return outputs
        }
        guard let instance = layers.layers[path] else { return [] }
        let number = callCounts[path, default: 0]
        callCounts[path] = number + 1
        builder.layer = path.description
        let context = try context(of: call, for: instance, at: path, tensors)
        let outputs = try instance.build(context, in: builder)
        let mask = try instance.outputMask(context, in: builder)
        let name = number == 0 ? path.description : "\(path):\(number)"
        for (index, output) in outputs.enumerated() {
            builder.finish(output, asOutputOf: index == 0 ? name : "\(name)#\(index)")
        }
        if number == 0 {
            summaries.append(
                LayerSummary(
                    path: path.description, className: layer.className,
                    outputShapes: outputs.map { builder.shape(of: $0) },
                    parameterCount: (specs[path] ?? []).reduce(0) { $0 + $1.shape.elementCount }))
        }
        return outputs.enumerated().map {
            BuiltTensor(value: $1, mask: $0 == 0 ? mask : nil)
        }
    }

    /// Builds a call of a model on every step of its inputs, all steps at once.
    ///
    /// - Parameter depth: how many axes of steps there are.
    private func buildForEveryStep(
        _ model: ModelDescription, depth: Int, at path: LayerPath, inputs: [BuiltTensor]
    ) throws -> [BuiltTensor?] {
        builder.layer = path.description
        guard let x = inputs.first?.value, builder.shape(of: x).rank >= 2 else {
            throw Problem(.invalidShape("the input has no steps"))
        }
        let folded = try inputs.map {
            BuiltTensor(
                value: try builder.foldTime($0.value), mask: try builder.maskWithinSteps($0.mask))
        }
        let outputs =
            depth > 1
            ? try buildForEveryStep(model, depth: depth - 1, at: path, inputs: folded)
            : try build(model, at: path, inputs: folded)
        builder.layer = path.description
        return try outputs.map { output in
            guard let output else { return nil }
            let value = try builder.unfoldTime(output.value, like: x)
            let mask =
                version.generation == .keras3
                ? inputs[0].mask
                : try builder.maskOfSteps(output.mask, given: inputs[0].mask, like: x)
            return BuiltTensor(value: value, mask: mask)
        }
    }

    /// The tensors, weights and arguments of a call.
    private func context(
        of call: CallDescription, for layer: any KerasLayer, at path: LayerPath,
        _ tensors: [TensorReference: BuiltTensor]
    ) throws -> CallContext {
        let positional = call.arguments.flatMap(\.tensors)
        let named = layer.inputNames.dropFirst(positional.count).flatMap {
            call.keywordArguments[$0]?.tensors ?? []
        }
        let inputs = (positional + named).compactMap { tensors[$0] }
        let values = try inputs.map { input in
            layer.acceptsIntegers || builder.dtype(of: input.value).isFloat
                ? input.value : try builder.cast(input.value, to: .float32)
        }
        var masks = inputs.map(\.mask)
        if masks.count == 1 {
            switch call.keywordArguments["mask"] {
            case .tensor(let stated): masks = [tensors[stated]?.value]
            // Early versions of Keras 3 write down that they found none, and find none again.
            case .constant(.null) where version.losesMasks: masks = [nil]
            default: break
            }
        }
        let resolve = { (argument: Argument) in argument.resolved { tensors[$0]?.value } }
        var context = CallContext(
            inputs: values, masks: masks,
            arguments: call.arguments.map(resolve),
            keywords: call.keywordArguments.mapValues(resolve),
            recurrentForm: options.rnn)
        context.seesMasks = version.generation != .keras3 || call.hasOneTensorArgument
        context.weights = try constants(of: layer, at: path, context)
        return context
    }

    /// The weights of a layer: stored ones or placeholders of zeros.
    private func constants(
        of layer: any KerasLayer, at path: LayerPath, _ call: CallContext
    ) throws -> [Constant] {
        let types = call.inputs.map { builder.type(of: $0) }
        let expected = try layer.weightSpecs(for: types, in: call)
        for spec in expected where spec.shape.elementCount > GraphBuilder.largestElementCount {
            throw Problem(.tooLarge(what: "the weight '\(spec.role)'", value: "\(spec.shape)"))
        }
        if let known = specs[path], known != expected {
            throw Problem(
                .invalidShape("the layer is called on inputs that ask for different weights"))
        }
        specs[path] = expected
        guard let weights else { return expected.map { .filled(0, $0.shape) } }
        let stored = weights[path]
        guard stored.count == expected.count else {
            throw Problem(
                .mismatchingWeights(
                    expected: "\(expected.count) arrays", found: "\(stored.count)"))
        }
        return stored
    }
}

extension Argument {
    /// This argument with the graph's values in place of the model's tensors.
    fileprivate func resolved(_ value: (TensorReference) -> ValueID?) -> CallArgument {
        switch self {
        case .tensor(let reference): value(reference).map { .tensor($0) } ?? .value(.null)
        case .list(let elements): .list(elements.map { $0.resolved(value) })
        case .dictionary(let members):
            .list(members.sorted { $0.key < $1.key }.map { $0.value.resolved(value) })
        case .constant(let constant): .value(constant)
        }
    }
}

extension ModelDescription {
    /// The tensors of a call of this model in the order of its inputs: by name where all names are those of input layers.
    fileprivate func orderedInputs(_ call: CallDescription) -> [TensorReference] {
        let leaves = call.arguments.flatMap(\.leaves)
        let own = inputs.leaves
        let byName = Dictionary(
            leaves.compactMap { leaf in leaf.key.map { ($0, leaf.tensor) } },
            uniquingKeysWith: { first, _ in first })
        let named = own.compactMap { byName[$0.key ?? $0.tensor.layer] }
        return named.count == own.count ? named : leaves.map(\.tensor)
    }
}

extension CallDescription {
    /// Whether tensors are in one argument only, a mask left aside, or a mask is stated.
    fileprivate var hasOneTensorArgument: Bool {
        if keywordArguments["mask"]?.tensors.isEmpty == false { return true }
        let named = keywordArguments.values.count { !$0.tensors.isEmpty }
        return arguments.count { !$0.tensors.isEmpty } + named <= 1
    }
}
