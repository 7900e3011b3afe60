import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// A layer that asks for its weights, and for the layers inside it, while it builds a call.
///
/// Weights: the layer's own in the order in which it asks for them, then those of its sublayers in the order of their
/// declarations.
protocol CompositeLayer: KerasLayer {
    var context: LayerContext { get }

    /// The names of the parameters of a call that may be tensors, in order.
    static var parameters: [String] { get }

    /// Builds a call and returns its outputs; asks for the same weights each time.
    func outputs(of call: CustomCall) throws -> [ValueID]
}

extension CompositeLayer {
    static var parameters: [String] { [] }

    /// The names of the tensors of a call: of those given by position, then of the others in alphabetical order.
    var inputNames: [String] {
        guard let call = context.description.calls.first else { return Self.parameters }
        let positional = call.arguments.flatMap(\.tensors).indices.map {
            Self.parameters.indices.contains($0) ? Self.parameters[$0] : ""
        }
        let named = call.keywordArguments.filter { !$0.value.tensors.isEmpty && $0.key != "mask" }
        return positional + named.keys.sorted()
    }

    /// The tensor of a call that a parameter takes.
    func input(_ parameter: String, of call: CustomCall) -> ValueID? {
        zip(inputNames, call.inputs).first { $0.0 == parameter }?.1
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try weightSpecs(for: inputs, in: CallContext(inputs: []))
    }

    func weightSpecs(for inputs: [TensorType], in call: CallContext) throws -> [WeightSpec] {
        try rehearsed(call, inputs).specs
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let rehearsal = try rehearsed(call, call.inputs.map { builder.type(of: $0) })
        return try run(call, in: builder, rehearsal.arranged(call.weights.constants)).outputs
    }

    /// Builds a call with zeros for weights and tells which weights there are.
    func survey(
        _ call: CallContext, in builder: GraphBuilder
    ) throws -> (specs: [WeightSpec], outputs: [ValueID]) {
        let (call, outputs) = try run(call, in: builder, nil)
        return (call.specs, outputs)
    }

    /// The call as it is after a run on a graph that is thrown away.
    private func rehearsed(_ call: CallContext, _ inputs: [TensorType]) throws -> CustomCall {
        let builder = GraphBuilder(name: context.description.name)
        builder.layer = context.description.name
        var rehearsal = call
        rehearsal.inputs = inputs.map { builder.input($0, name: "input") }
        rehearsal.masks = zip(call.masks, inputs).map { mask, type in
            mask.map { _ in
                builder.input(
                    TensorType(.bool, Shape(Array(type.shape.dims.prefix(2)))), name: "mask")
            }
        }
        return try run(rehearsal, in: builder, nil).call
    }

    private func run(
        _ call: CallContext, in builder: GraphBuilder, _ stored: CustomCall.Weights?
    ) throws -> (call: CustomCall, outputs: [ValueID]) {
        let custom = CustomCall(
            scope: LayerScope(builder: builder, context: context), call: call, stored: stored)
        do {
            return (custom, try outputs(of: custom))
        } catch let problem as Problem {
            throw problem.ofAnotherClass(than: context.className, of: Self.support.package)
        }
    }
}

extension CustomCall {
    var builder: GraphBuilder { scope.builder }

    /// The only tensor of the call.
    func onlyInput() throws -> ValueID { try inputs.only() }

    /// A layer of Keras, or one that the catalogue knows by name, inside this one.
    ///
    /// - Parameters:
    ///   - attribute: the attribute of the Python object that holds it; a path goes into other layers.
    ///   - position: the place in the attribute's list.
    func layer(
        _ attribute: String, at position: Int? = nil, _ className: String,
        _ config: KeyValuePairs<String, JSONValue> = [:]
    ) throws -> CustomSublayer {
        try sublayer(
            attribute, position: position,
            .object(
                JSONObject([
                    ("class_name", .string(className)), ("module", .string("keras.layers")),
                    ("config", .object(JSONObject(config.map { ($0.key, $0.value) }))),
                ])))
    }
}

extension CustomSublayer {
    /// The first output for these inputs.
    func callAsFunction(
        _ inputs: ValueID..., keywords: [String: CallArgument] = [:]
    ) throws -> ValueID {
        guard let output = try apply(inputs, keywords: keywords).first else {
            throw Problem(.invalidShape("the layer has no output"))
        }
        return output
    }
}
