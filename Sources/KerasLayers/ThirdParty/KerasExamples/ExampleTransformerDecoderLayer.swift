import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `TransformerDecoder` of keras.io's example of translation: causal self attention, attention to an encoded sequence and a
/// feed-forward part, each added to its input and then normalized.
///
/// The heads have `embed_dim` elements each. Weights: both attentions, two dense layers, three normalizations.
struct ExampleTransformerDecoderLayer: CompositeLayer {
    static let classNames = ["TransformerDecoder"]

    static let support = LayerSupport(
        package: "keras.io examples", .keras2 ... .keras3,
        "as defined there: ReLU, normalization after the sum with ε = 10⁻³")

    let context: LayerContext
    private let config: LayerConfig
    private let hidden: Int

    init(config: LayerConfig, context: LayerContext) throws {
        try config.requireOnly(["embed_dim", "latent_dim", "dense_dim", "num_heads"])
        self.context = context
        self.config = config
        hidden = try config.size(config.has("dense_dim") ? "dense_dim" : "latent_dim")
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (inputs, builder) = (call.inputs, call.builder)
        guard inputs.count == 2 else {
            throw Problem(.invalidShape("the layer takes two sequences"))
        }
        let (x, encoded) = (inputs[0], inputs[1])
        try builder.requireRank(x, 3)
        try builder.requireRank(encoded, 3)
        builder.remark(
            "taken for the class of keras.io's translation with a transformer: "
                + "norm(x + causal attention(x)), norm(y + attention(y, encoded)), "
                + "norm(z + dense(relu(dense(z)))), epsilon 1e-3", on: inputs)
        let width = JSONValue.int(Int64(try config.size("embed_dim")))
        let heads = JSONValue.int(Int64(try config.size("num_heads")))
        let attention = try ["attention_1", "attention_2"].map {
            try call.layer($0, "MultiHeadAttention", ["num_heads": heads, "key_dim": width])
        }
        let wide = try call.layer(
            "dense_proj/layers", at: 0, "Dense",
            ["units": .int(Int64(hidden)), "activation": .string("relu")])
        let narrow = try call.layer("dense_proj/layers", at: 1, "Dense", ["units": width])
        let norms = try ["layernorm_1", "layernorm_2", "layernorm_3"].map {
            try call.layer($0, "LayerNormalization", ["epsilon": .double(1e-3)])
        }
        let causal: [String: CallArgument] = ["use_causal_mask": .value(.bool(true))]
        let y = try norms[0](builder.add(x, attention[0](x, x, keywords: causal)))
        let z = try norms[1](
            builder.add(y, attention[1](y, encoded, keywords: padding(of: x, call))))
        return [try norms[2](builder.add(z, narrow(wide(z))))]
    }

    /// What the first form of the example masks in the attention to the encoded sequence: what it masks in its own.
    private func padding(of x: ValueID, _ call: CustomCall) throws -> [String: CallArgument] {
        let arguments = context.description.calls.first?.arguments ?? []
        let takesPairs = arguments.filter { !$0.tensors.isEmpty }.count < 2
        guard !takesPairs, let mask = call.masks[x] else { return [:] }
        let builder = call.builder
        let causal = try builder.positionMask(queries: (x, 1), keys: (x, 1), ahead: 0)
        let padding = try builder.expandDimension(mask, at: 1)
        return try builder.bothMasks(causal, padding).map { ["attention_mask": .tensor($0)] } ?? [:]
    }
}
