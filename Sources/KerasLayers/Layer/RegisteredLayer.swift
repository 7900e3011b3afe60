import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// A layer class that the caller has described.
///
/// Weights: the layer's own in the order in which the caller's code asks for them, then those of its sublayers in the
/// order of their declarations.
struct RegisteredLayer: KerasLayer {
    static let classNames: [String] = []

    private let context: LayerContext
    private let definition: CustomObjects.Layer

    init(config: LayerConfig, context: LayerContext) throws {
        guard let definition = context.custom.layer(for: context.description) else {
            throw Problem(.unknownLayer(nearest: nil))
        }
        self.definition = definition
        self.context = context
    }

    var acceptsIntegers: Bool { true }

    var passesMask: Bool { definition.passesMask }

    /// Any names for the tensors given by position, then the names of the other tensors.
    var inputNames: [String] {
        guard let call = context.description.calls.first else { return [] }
        let positional = call.arguments.flatMap(\.tensors).map { _ in "" }
        let named = call.keywordArguments.filter { !$0.value.tensors.isEmpty && $0.key != "mask" }
        return positional + named.keys.sorted()
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
        let outputs = try definition.build(custom)
        guard !outputs.isEmpty else {
            throw Problem(
                .unsupported(
                    what: "the code registered for the layer returns no tensor",
                    remedy: "Return the tensors that the layer returns in Keras."))
        }
        return (custom, outputs)
    }
}
