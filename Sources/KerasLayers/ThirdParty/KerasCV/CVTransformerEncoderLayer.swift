import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `TransformerEncoder` of keras-cv: x + attention(norm(x)), then x + MLP(norm(x)), with GELU in its form with tanh.
///
/// Weights: both norms, the attention, both dense layers.
struct CVTransformerEncoderLayer: CompositeLayer {
    static let classNames = ["keras_cv>TransformerEncoder"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    let context: LayerContext
    private let size: Int
    private let heads: Int
    private let width: Int
    private let epsilon: Double
    private let activation: JSONValue

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        size = try config.size("project_dim")
        heads = try config.size("num_heads")
        width = try config.size("mlp_dim")
        epsilon = try config.double("layer_norm_epsilon", default: 1e-6)
        activation = config["activation"] ?? .string("gelu")
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        let norms = try ["layer_norm1", "layer_norm2"].map {
            try call.layer($0, "LayerNormalization", ["epsilon": .double(epsilon)])
        }
        let attention = try call.layer(
            "attn", "MultiHeadAttention",
            ["num_heads": .int(Int64(heads)), "key_dim": .int(Int64(max(size / heads, 1)))])
        let wide = try call.layer("dense1", "Dense", ["units": .int(Int64(width))])
        let narrow = try call.layer("dense2", "Dense", ["units": .int(Int64(size))])
        let normed = try norms[0](x)
        let sum = try builder.add(attention(normed, normed), x)
        let inner = try activated(wide(norms[1](sum)), call)
        return [try builder.add(sum, narrow(inner))]
    }

    private func activated(_ x: ValueID, _ call: CustomCall) throws -> ValueID {
        guard (activation.string ?? activation["config"]?.string) == "gelu" else {
            return try call.scope.activation(activation, x)
        }
        return try call.scope.operation(
            "Gelu", [x], JSONObject([("approximate", .bool(true))])
        ).only()
    }
}
