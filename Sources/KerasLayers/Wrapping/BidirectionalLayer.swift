import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `Bidirectional`: a recurrent layer forwards and another one backwards, and both results merged.
///
/// Weights: those of the forward layer, then those of the backward layer. Initial states: those of the forward layer,
/// then those of the backward layer. With a mask the outputs of masked steps of a sequence are zero.
struct BidirectionalLayer: KerasLayer {
    static let classNames = ["Bidirectional"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "around recurrent layers, all merge modes, masks")

    /// How the two results become one.
    private enum Merge: String, CaseIterable {
        case concatenation = "concat"
        case sum
        case product = "mul"
        case average = "ave"
    }

    private let forward: any RecurrentLayer
    private let backward: any RecurrentLayer
    /// Nil gives both results.
    private let merge: Merge?

    init(config: LayerConfig, context: LayerContext) throws {
        var forward = try Self.recurrentLayer("layer", context)
        var backward = forward
        if context.description.wrapped("backward_layer") == nil {
            backward.settings.goesBackwards.toggle()
        } else {
            backward = try Self.recurrentLayer("backward_layer", context)
        }
        if context.version.zeroesMaskedOutputs {
            forward.settings.zeroesMaskedOutputs = forward.settings.returnsSequences
            backward.settings.zeroesMaskedOutputs = backward.settings.returnsSequences
        }
        self.forward = forward
        self.backward = backward
        merge =
            config.object["merge_mode"] == nil
            ? .concatenation : try config.optionalChoice("merge_mode")
    }

    private static func recurrentLayer(
        _ role: String, _ context: LayerContext
    ) throws -> any RecurrentLayer {
        guard let layer = try context.wrappedLayer(role) as? any RecurrentLayer else {
            throw Problem(
                .unsupported(
                    what: "the layer inside is not recurrent",
                    remedy: "Wrap one of Keras' recurrent layers."))
        }
        return layer
    }

    var keras1Storage: Keras1Storage { .twice(forward.keras1Storage) }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try forward.weightSpecs(for: inputs) + backward.weightSpecs(for: inputs)
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try forward.outputMask(call, in: builder)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let calls = try directions(call, in: builder)
        let ahead = try forward.build(calls.forward, in: builder)
        let back = try backward.build(calls.backward, in: builder)
        guard let first = ahead.first, var second = back.first else {
            throw Problem(.invalidShape("a wrapped layer has no output"))
        }
        if forward.settings.returnsSequences {
            let axis = forward.settings.isTimeMajor ? 0 : 1
            second = try builder.add(.reverse(Reverse(axes: [axis])), [second])
        }
        return try merged(first, second, in: builder) + ahead.dropFirst() + back.dropFirst()
    }

    /// The calls of both layers, each with its half of weights and initial states.
    private func directions(
        _ call: CallContext, in builder: GraphBuilder
    ) throws -> (forward: CallContext, backward: CallContext) {
        let types = call.inputs.map { builder.type(of: $0) }
        let count = try forward.weightSpecs(for: types).count
        let named = call.keywords["initial_state"]?.tensors ?? []
        let states = named.isEmpty ? Array(call.inputs.dropFirst()) : named
        func direction(
            _ part: String, _ weights: LayerWeights, _ states: some Sequence<ValueID>
        ) -> CallContext {
            var inner = call
            inner.part = part
            inner.inputs = Array(call.inputs.prefix(1)) + Array(states)
            inner.masks = Array(call.masks.prefix(1))
            inner.weights = weights
            inner.keywords["initial_state"] = nil
            return inner
        }
        return (
            direction("forward", call.weights[..<count], states.prefix(states.count / 2)),
            direction(
                "backward", call.weights[count...], states.dropFirst(states.count / 2))
        )
    }

    private func merged(
        _ a: ValueID, _ b: ValueID, in builder: GraphBuilder
    ) throws -> [ValueID] {
        switch merge {
        case nil: return [a, b]
        case .concatenation:
            return [try builder.concatenate([a, b], axis: builder.shape(of: a).rank - 1)]
        case .sum: return [try builder.add(a, b)]
        case .product: return [try builder.multiply(a, b)]
        case .average:
            return [try builder.binary(.multiply, builder.add(a, b), 0.5)]
        }
    }
}
