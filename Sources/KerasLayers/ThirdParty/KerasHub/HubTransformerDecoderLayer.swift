import GraphIR
import KerasFormat
import Tensors

/// `TransformerDecoder`: causal self attention, attention to an encoded sequence if there is one, and a feed-forward part,
/// each added to its input and normalized.
///
/// Weights: the self attention, its norm, the cross attention, its norm, the dense layers of the feed-forward part, its norm.
struct HubTransformerDecoderLayer: CompositeLayer {
    static let classNames = KerasHubNames.names(of: "TransformerDecoder")

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "masks; without a cache")

    static let parameters = [
        "decoder_sequence", "encoder_sequence", "decoder_padding_mask", "decoder_attention_mask",
        "encoder_padding_mask", "encoder_attention_mask",
    ]

    let context: LayerContext
    private let parts: HubTransformer

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        parts = try HubTransformer(config: config)
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (call.inputs[0], call.builder)
        try builder.requireRank(x, 3)
        let features = try builder.shape(of: x).knownExtent(-1)
        let kind = "keras_hub>CachedMultiHeadAttention"
        let attention = try parts.attention(
            "_self_attention_layer", kind, features: features, call)
        let attentionNorm = try parts.norm("_self_attention_layer_norm", call)
        let masks = try parts.masks(
            padding: input("decoder_padding_mask", of: call) ?? call.masks[x],
            attention: input("decoder_attention_mask", of: call),
            isCausal: call.arguments.bool("use_causal_mask", default: true), builder)
        var y = try parts.residual(x, attentionNorm, builder) {
            try attention($0, $0, keywords: masks)
        }
        if let encoded = input("encoder_sequence", of: call) {
            let cross = try parts.attention(
                "_cross_attention_layer", kind, features: features, call)
            let crossNorm = try parts.norm("_cross_attention_layer_norm", call)
            let masks = try parts.masks(
                padding: input("encoder_padding_mask", of: call) ?? call.masks[encoded],
                attention: input("encoder_attention_mask", of: call), builder)
            y = try parts.residual(y, crossNorm, builder) {
                try cross($0, encoded, keywords: masks)
            }
        }
        let dense = try parts.feedForward(features: features, call)
        let norm = try parts.norm("_feedforward_layer_norm", call)
        return [try parts.residual(y, norm, builder) { try dense.narrow(dense.wide($0)) }]
    }
}
