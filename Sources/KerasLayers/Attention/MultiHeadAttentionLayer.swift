import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `MultiHeadAttention`, and `GroupQueryAttention`, whose heads share keys and values in groups.
///
/// Inputs: query, value, key (the value if it is missing). Weights: kernel `(D, heads, size)` and bias `(heads, size)` of
/// query, key, the gate if there is one, value; kernel `(heads, size, out)` and bias `(out)` of the output.
struct MultiHeadAttentionLayer: KerasLayer {
    static let classNames = ["MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention"]

    static let support = LayerSupport(
        .keras2 ... .keras3,
        "cross and self attention, several axes, masks, causal attention, scores",
        exceptions: [
            "GroupQueryAttention": .keras3 ... .keras3,
            "GroupedQueryAttention": .keras3 ... .keras3,
        ])

    let heads: Int
    let keyHeads: Int
    let keySize: Int
    let valueSize: Int
    let usesBias: Bool
    let usesGate: Bool
    let slidingWindow: Int?
    let outputExtents: [Int]?
    let axes: [Int]?
    /// Whether weights of masked keys are exactly 0 if they are computed step by step.
    let clearsMasked: Bool
    /// Whether the layer was trained with dropout, for which Keras 3 computes the weights another way.
    let dropsOut: Bool
    /// Whether a mask of the queries counts only if it comes with them, whatever the call states.
    let ignoresQueryMask: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        clearsMasked = context.version.clearsMaskedWeights
        ignoresQueryMask =
            context.className == "MultiHeadAttention" && !context.version.heedsStatedQueryMasks
        dropsOut = try config.double("dropout", default: 0) > 0
        let isGrouped = context.className != "MultiHeadAttention"
        heads = try config.size(isGrouped ? "num_query_heads" : "num_heads")
        keyHeads = isGrouped ? try config.size("num_key_value_heads") : heads
        keySize = try config.size(isGrouped ? "head_dim" : "key_dim")
        valueSize = isGrouped ? keySize : try config.size("value_dim", default: keySize)
        usesBias = try config.bool("use_bias", default: true)
        usesGate = try config.bool("use_gate", default: false)
        slidingWindow =
            config.has("sliding_window") ? try config.size("sliding_window") : nil
        outputExtents =
            isGrouped ? nil : try config.optionalInts("output_shape", in: ConfigLimits.size)
        axes = isGrouped ? [1] : try config.optionalInts("attention_axes")
        guard heads % keyHeads == 0 else {
            throw Problem(
                .invalidField(
                    "num_key_value_heads", value: "\(keyHeads)", expected: "a divisor of \(heads)"))
        }
    }

    var inputNames: [String] { ["query", "value", "key"] }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        guard let query = inputs.first, inputs.count <= 3 else {
            throw Problem(.invalidShape("the layer got \(inputs.count) inputs"))
        }
        let value = inputs.count > 1 ? inputs[1] : query
        let key = inputs.count > 2 ? inputs[2] : value
        func dense(_ role: String, _ source: TensorType, _ heads: Int, _ size: Int) throws
            -> [WeightSpec]
        {
            let features = try source.shape.knownExtent(-1)
            let kernel = WeightSpec("\(role)/kernel", dims: [features, heads, size])
            return usesBias ? [kernel, WeightSpec("\(role)/bias", dims: [heads, size])] : [kernel]
        }
        let output = try outputExtents ?? [query.shape.knownExtent(-1)]
        var specs = try dense("query", query, heads, keySize)
        specs += try dense("key", key, keyHeads, keySize)
        if usesGate { specs += try dense("gate", query, heads, valueSize) }
        specs += try dense("value", value, keyHeads, valueSize)
        specs.append(WeightSpec("attention_output/kernel", dims: [heads, valueSize] + output))
        if usesBias { specs.append(WeightSpec("attention_output/bias", dims: output)) }
        return specs
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let query = call.inputs[0]
        let value = call.inputs.count > 1 ? call.inputs[1] : query
        let key = call.inputs.count > 2 ? call.inputs[2] : value
        let shape = builder.shape(of: query)
        guard shape.rank >= 3, builder.shape(of: value).rank == shape.rank else {
            throw Problem(.invalidShape("the queries have shape \(shape)"))
        }
        let layout = AttentionHeads(
            axes: try axes.map(shape.checkedAxes) ?? Array(1..<shape.rank - 1), rank: shape.rank)
        func project(
            _ x: ValueID, _ role: String, factor: Double = 1
        ) throws -> ValueID {
            try layout.project(
                x, call.weight("\(role)/kernel"), call.weights["\(role)/bias"], factor: factor,
                role: role, in: builder)
        }
        let q = try project(query, "query", factor: 1 / Double(keySize).squareRoot())
        let k = try repeated(project(key, "key"), in: builder)
        let gate = usesGate ? try project(query, "gate") : nil
        let v = try repeated(project(value, "value"), in: builder)
        let scores = try builder.add(.batchMatMul(BatchMatMul(adjointB: true)), [q, k])
        let mask = try mask(call, query, value, layout, in: builder)
        let returnsScores = call.flag("return_attention_scores")
        let attention = try builder.attentionWeights(
            scores, mask: mask,
            clears: clearsMasked && (dropsOut || returnsScores || shape.rank != 3))
        var mixed = try builder.add(.batchMatMul(BatchMatMul()), [attention, v])
        if let gate { mixed = try builder.multiply(mixed, builder.unary(.sigmoid, gate)) }
        let joined = try layout.join(mixed, like: query, in: builder)
        let y = try output(joined, call, layout, in: builder)
        guard returnsScores else { return [y] }
        return [y, try unfolded(attention, query, value, layout, in: builder)]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        call.masks.first ?? nil
    }

    /// The last projection, to one axis or several.
    private func output(
        _ x: ValueID, _ call: CallContext, _ layout: AttentionHeads, in builder: GraphBuilder
    ) throws -> ValueID {
        let kernel = try call.weight("attention_output/kernel")
        let extents = Array(kernel.shape.dims.dropFirst(2))
        let width = Shape(extents).elementCount
        let y = try layout.fullyConnected(
            x, kernel.reshaped([heads * valueSize, width]),
            call.weights["attention_output/bias"]?.reshaped([width]),
            role: "attention_output", in: builder)
        if extents.count == 1 { return y }
        return try builder.reshape(
            y, Array(builder.extents(of: x).dropLast()) + extents.map { .known($0) })
    }

    /// Each head of keys or values as often as query heads share it.
    private func repeated(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        guard keyHeads != heads else { return x }
        let indices = (0..<heads).map { $0 / (heads / keyHeads) }
        return try builder.gathered(x, indices, axis: builder.shape(of: x).rank - 3)
    }

    /// The scores with the attended axes of query and key apart.
    private func unfolded(
        _ scores: ValueID, _ query: ValueID, _ value: ValueID, _ layout: AttentionHeads,
        in builder: GraphBuilder
    ) throws -> ValueID {
        guard layout.axes.count != 1 else { return scores }
        return try builder.reshape(
            scores,
            Array(builder.extents(of: scores).dropLast(2))
                + layout.axes.map { builder.extent($0, of: query) }
                + layout.axes.map { builder.extent($0, of: value) })
    }
}
