import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `Attention` and `AdditiveAttention`: a mean of the values, weighted by how well their keys fit a query.
///
/// Inputs: query `[N, T, D]`, value `[N, S, V]`, key `[N, S, D]` (the value if it is missing). Scores:
///
///     dot        q · k · scale
///     concat     weight · Σ tanh(scale · (q + k))
///     additive   Σ scale · tanh(q + k)
///
/// Keys that a mask excludes do not count; queries that a mask excludes get zeros.
struct AttentionLayer: KerasLayer {
    static let classNames = ["Attention", "AdditiveAttention"]

    static let support = LayerSupport(.keras2 ... .keras3, "masks, causal attention, scores")

    let isAdditive: Bool
    let isConcatenating: Bool
    let usesScale: Bool
    let isAlwaysCausal: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        isAdditive = context.className == "AdditiveAttention"
        isConcatenating = try config.string("score_mode", default: "dot") == "concat"
        usesScale = try config.bool("use_scale", default: isAdditive)
        isAlwaysCausal = try config.bool("causal", default: false)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        if isAdditive {
            guard usesScale, let query = inputs.first else { return [] }
            return [WeightSpec("scale", dims: [try query.shape.knownExtent(-1)])]
        }
        return (usesScale ? [WeightSpec("scale", dims: [])] : [])
            + (isConcatenating ? [WeightSpec("concat_score_weight", dims: [])] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 2 || call.inputs.count == 3 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2 or 3"))
        }
        let (query, value) = (call.inputs[0], call.inputs[1])
        let key = call.inputs.count == 3 ? call.inputs[2] : value
        let scores = try scores(query, key, call.weights, in: builder)
        let masks = try explicitMasks(call) ?? call.masks
        var mask = try masks.dropFirst().first.flatMap { $0 }.map {
            try builder.expandDimension($0, at: 1)
        }
        if isAlwaysCausal || call.flag("use_causal_mask") {
            let causal = try builder.positionMask(
                queries: (scores, -2), keys: (scores, -1), ahead: 0)
            mask = try builder.bothMasks(mask, causal)
        }
        let weights = try builder.attentionWeights(scores, mask: mask)
        var y = try builder.add(.batchMatMul(BatchMatMul()), [weights, value])
        if let queryMask = masks.first ?? nil {
            let rows = try builder.expandDimension(queryMask, at: 2)
            y = try builder.multiply(y, builder.cast(rows, to: .float32))
        }
        return call.flag("return_attention_scores") ? [y, weights] : [y]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        call.masks.first ?? nil
    }

    /// `[N, T, S]`.
    private func scores(
        _ query: ValueID, _ key: ValueID, _ weights: LayerWeights, in builder: GraphBuilder
    ) throws -> ValueID {
        let scale = weights["scale"].map { builder.constant($0, role: "scale") }
        guard isAdditive || isConcatenating else {
            let left = try scale.map { try builder.multiply(query, $0) } ?? query
            return try builder.add(.batchMatMul(BatchMatMul(adjointB: true)), [left, key])
        }
        var sum = try builder.add(
            builder.expandDimension(query, at: 2), builder.expandDimension(key, at: 1))
        if !isAdditive, let scale { sum = try builder.multiply(sum, scale) }
        var fits = try builder.unary(.tanh, sum)
        if isAdditive, let scale { fits = try builder.multiply(fits, scale) }
        let total = try builder.reduce(.sum, fits, axes: [3])
        guard !isAdditive, let weight = weights["concat_score_weight"] else { return total }
        return try builder.multiply(total, builder.constant(weight, role: "concat_score_weight"))
    }

    /// The masks that the call states, nil for the implicit ones.
    private func explicitMasks(_ call: CallContext) throws -> [ValueID?]? {
        guard let elements = call.keywords["mask"]?.elements else { return nil }
        return elements.map { $0.tensors.first }
    }
}
