import Foundations
import GraphIR
import KerasFormat
import Tensors

/// The block that several examples of keras.io have under different names.
struct ExampleTransformer {
    let features: Int
    let heads: Int
    let hidden: Int
    let epsilon: Double

    /// norm(y + dense(relu(dense(y)))) with y = norm(x + attention(x, x)).
    ///
    /// - Parameters:
    ///   - attention: the attribute of the attention layer.
    ///   - feedForward: the attribute of the Sequential with both dense layers.
    ///   - norms: the attributes of the normalizations.
    func apply(
        to x: ValueID, attention: String, feedForward: String, norms: [String], _ call: CustomCall
    ) throws -> ValueID {
        let width = JSONValue.int(Int64(features))
        let attended = try call.layer(
            attention, "MultiHeadAttention", ["num_heads": .int(Int64(heads)), "key_dim": width])
        let wide = try call.layer(
            "\(feedForward)/layers", at: 0, "Dense",
            ["units": .int(Int64(hidden)), "activation": .string("relu")])
        let narrow = try call.layer("\(feedForward)/layers", at: 1, "Dense", ["units": width])
        let normalize = try norms.map {
            try call.layer($0, "LayerNormalization", ["epsilon": .double(epsilon)])
        }
        let y = try normalize[0](call.builder.add(x, attended(x, x)))
        return try normalize[1](call.builder.add(y, narrow(wide(y))))
    }
}
