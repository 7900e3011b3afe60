import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `SeqSelfAttention` of keras-self-attention: each step of a sequence as a mean of all steps, weighted by scores.
///
///     additive          activation(Wa · tanh(x Wt + x Wx + bh) + ba)
///     multiplicative    activation(x Wa xᵀ + ba)
///
/// Weights: Wt and Wx `(D, units)`, bh `(units)`, Wa `(units, 1)` (multiplicative only Wa `(D, D)`), ba `(1)`.
struct SeqSelfAttentionLayer: CompositeLayer {
    static let classNames = ["SeqSelfAttention"]

    static let support = LayerSupport(
        package: "keras-self-attention", .keras2 ... .keras2, "both types, widths, masks, weights")

    let context: LayerContext
    private let isAdditive: Bool
    private let units: Int
    private let width: Int?
    private let seesHistoryOnly: Bool
    private let returnsWeights: Bool
    private let usesAdditiveBias: Bool
    private let usesBias: Bool
    private let activation: JSONValue

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        let type = try config.string("attention_type", default: "additive")
        guard type == "additive" || type == "multiplicative" else {
            throw Problem(
                .invalidField("attention_type", value: type, expected: "additive, multiplicative"))
        }
        isAdditive = type == "additive"
        units = try config.size("units", default: 32)
        width = try config.optionalInt("attention_width")
        seesHistoryOnly = try config.bool("history_only", default: false)
        returnsWeights = try config.bool("return_attention", default: false)
        usesAdditiveBias = try config.bool("use_additive_bias", default: true)
        usesBias = try config.bool("use_attention_bias", default: true)
        activation = config["attention_activation"] ?? .null
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        var scores = try isAdditive ? additiveScores(x, call) : products(x, call)
        if usesBias {
            scores = try builder.add(scores, call.weight("ba", dims: [1], isTrainable: true))
        }
        scores = try call.scope.activation(activation, scores)
        if let width {
            let behind = seesHistoryOnly ? width - 1 : width / 2
            let near = try builder.positionMask(
                queries: (x, 1), keys: (x, 1), behind: min(behind, 1 << 30),
                ahead: width - 1 - behind)
            scores = try builder.lowered(scores, unless: builder.cast(near, to: .float32))
        }
        if let mask = call.masks[x] {
            let kept = try builder.cast(mask, to: .float32)
            let either = try builder.binary(
                .maximum, builder.expandDimension(kept, at: 1), builder.expandDimension(kept, at: 2)
            )
            scores = try builder.lowered(scores, unless: either)
        }
        let weights = try builder.softmax(scores, axis: 2)
        let y = try builder.add(.batchMatMul(BatchMatMul()), [weights, x])
        return returnsWeights ? [y, weights] : [y]
    }

    private func additiveScores(_ x: ValueID, _ call: CustomCall) throws -> ValueID {
        let builder = call.builder
        let features = try builder.shape(of: x).knownExtent(-1)
        let rows = try call.weight("Wt", dims: [features, units], isTrainable: true)
        let columns = try call.weight("Wx", dims: [features, units], isTrainable: true)
        let queries = try call.scope.dense(x, kernel: rows, bias: nil)
        let keys = try call.scope.dense(x, kernel: columns, bias: nil)
        var sum = try builder.add(
            builder.expandDimension(queries, at: 2), builder.expandDimension(keys, at: 1))
        if usesAdditiveBias {
            sum = try builder.add(sum, call.weight("bh", dims: [units], isTrainable: true))
        }
        let kernel = try call.weight("Wa", dims: [units, 1], isTrainable: true)
        let scores = try call.scope.dense(builder.unary(.tanh, sum), kernel: kernel, bias: nil)
        return try builder.squeezeDimension(scores, at: 3)
    }

    private func products(_ x: ValueID, _ call: CustomCall) throws -> ValueID {
        let features = try call.builder.shape(of: x).knownExtent(-1)
        let kernel = try call.weight("Wa", dims: [features, features], isTrainable: true)
        return try call.builder.add(
            .batchMatMul(BatchMatMul(adjointB: true)),
            [call.scope.dense(x, kernel: kernel, bias: nil), x])
    }
}

extension GraphBuilder {
    /// Scores with 10 000 subtracted where `kept`, a float, is 0 instead of 1.
    func lowered(_ scores: ValueID, unless kept: ValueID) throws -> ValueID {
        try add(scores, binary(.multiply, binary(.subtract, kept, 1), 1e4))
    }
}
