import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// What the blocks of transformers of keras-hub have in common.
struct HubTransformer: Sendable {
    let heads: Int
    private let width: Int
    private let epsilon: Double
    private let activation: JSONValue
    private let normalizesFirst: Bool

    init(config: LayerConfig) throws {
        heads = try config.size("num_heads")
        width = try config.size("intermediate_dim")
        epsilon = try config.double("layer_norm_epsilon", default: 1e-5)
        activation = config["activation"] ?? .string("relu")
        normalizesFirst = try config.bool("normalize_first", default: false)
    }

    /// The attention layer of an attribute, for inputs with a number of features.
    func attention(
        _ attribute: String, _ className: String, features: Int, _ call: CustomCall
    ) throws -> CustomSublayer {
        guard features >= heads else {
            throw Problem(
                .invalidField(
                    "num_heads", value: "\(heads)", expected: "at most \(features) heads"))
        }
        return try call.layer(
            attribute, className,
            ["num_heads": .int(Int64(heads)), "key_dim": .int(Int64(features / heads))])
    }

    /// The normalization of an attribute.
    func norm(_ attribute: String, _ call: CustomCall) throws -> CustomSublayer {
        try call.layer(attribute, "LayerNormalization", ["epsilon": .double(epsilon)])
    }

    /// The dense layers of the feed-forward part.
    func feedForward(
        features: Int, _ call: CustomCall
    ) throws -> (wide: CustomSublayer, narrow: CustomSublayer) {
        (
            try call.layer(
                "_feedforward_intermediate_dense", "Dense",
                ["units": .int(Int64(width)), "activation": activation]),
            try call.layer(
                "_feedforward_output_dense", "Dense", ["units": .int(Int64(features))])
        )
    }

    /// x + body(x), normalized before the body or after the sum.
    func residual(
        _ x: ValueID, _ norm: CustomSublayer, _ builder: GraphBuilder,
        _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        guard normalizesFirst else { return try norm(builder.add(body(x), x)) }
        return try builder.add(body(norm(x)), x)
    }

    /// What a call of attention states about its mask: a padding mask `[N, S]` and an attention mask `[N, T, S]`.
    func masks(
        padding: ValueID?, attention: ValueID?, isCausal: Bool = false, _ builder: GraphBuilder
    ) throws -> [String: CallArgument] {
        let steps = try padding.map { try builder.expandDimension(builder.truth($0), at: 1) }
        let mask = try builder.bothMasks(steps, attention.map { try builder.truth($0) })
        var keywords: [String: CallArgument] = ["use_causal_mask": .value(.bool(isCausal))]
        if let mask { keywords["attention_mask"] = .tensor(mask) }
        return keywords
    }
}
