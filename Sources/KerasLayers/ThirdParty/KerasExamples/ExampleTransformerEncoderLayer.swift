import GraphIR
import KerasFormat
import Tensors

/// `TransformerEncoder` of keras.io's example of translation: self attention and a feed-forward part, each added to its input
/// and then normalized.
///
/// The heads have `embed_dim` elements each. Weights: the attention, two dense layers, two normalizations.
struct ExampleTransformerEncoderLayer: CompositeLayer {
    static let classNames = ["TransformerEncoder"]

    static let support = LayerSupport(
        package: "keras.io examples", .keras2 ... .keras3,
        "as defined there: ReLU, normalization after the sum with ε = 10⁻³")

    let context: LayerContext
    private let config: LayerConfig

    init(config: LayerConfig, context: LayerContext) throws {
        try config.requireOnly(["embed_dim", "dense_dim", "num_heads"])
        self.context = context
        self.config = config
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let x = try call.onlyInput()
        try call.builder.requireRank(x, 3)
        call.builder.remark(
            "taken for the class of keras.io's translation with a transformer: "
                + "norm(x + attention(x)), norm(y + dense(relu(dense(y)))), epsilon 1e-3",
            on: call.inputs)
        let block = ExampleTransformer(
            features: try config.size("embed_dim"), heads: try config.size("num_heads"),
            hidden: try config.size("dense_dim"), epsilon: 1e-3)
        return [
            try block.apply(
                to: x, attention: "attention", feedForward: "dense_proj",
                norms: ["layernorm_1", "layernorm_2"], call)
        ]
    }
}
