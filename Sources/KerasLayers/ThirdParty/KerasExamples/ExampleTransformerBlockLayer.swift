import GraphIR
import KerasFormat
import Problems
import Tensors

/// `TransformerBlock` of keras.io's example of text classification: self attention and a feed-forward part, each added to its
/// input and then normalized.
///
/// The heads have `embed_dim` elements each. Weights: the attention, two dense layers, two normalizations.
struct ExampleTransformerBlockLayer: CompositeLayer {
    static let classNames = ["TransformerBlock"]

    static let support = LayerSupport(
        package: "keras.io examples", .keras2 ... .keras3,
        "as defined there: ReLU, normalization after the sum with ε = 10⁻⁶")

    let context: LayerContext
    private let config: LayerConfig

    init(config: LayerConfig, context: LayerContext) throws {
        try config.requireOnly([
            "embed_dim", "num_heads", "ff_dim", "rate", "dropout", "dropout_rate",
        ])
        self.context = context
        self.config = config
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let x = try call.onlyInput()
        try call.builder.requireRank(x, 3)
        call.builder.remark(
            "taken for the class of keras.io's text classification with a transformer: "
                + "norm(x + attention(x)), norm(y + dense(relu(dense(y)))), epsilon 1e-6",
            on: call.inputs)
        let block = ExampleTransformer(
            features: try config.size("embed_dim"), heads: try config.size("num_heads"),
            hidden: try config.size("ff_dim"), epsilon: 1e-6)
        return [
            try block.apply(
                to: x, attention: "att", feedForward: "ffn", norms: ["layernorm1", "layernorm2"],
                call)
        ]
    }
}

extension LayerConfig {
    /// Checks that the configuration has no other fields than these and those of every layer.
    ///
    /// - Throws: `Problem.Kind.unknownLayer` if it has, because the class is then another one of the same name.
    func requireOnly(_ fields: Set<String>) throws {
        let common: Set<String> = [
            "name", "trainable", "dtype", "batch_input_shape", "batch_shape", "shared_object_id",
        ]
        guard object.keys.allSatisfy({ fields.contains($0) || common.contains($0) }) else {
            throw Problem(.unknownLayer(nearest: nil))
        }
    }
}
