import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `FeedForward` of keras-position-wise-feed-forward: activation(x · W1 + b1) · W2 + b2.
///
/// Weights: W1 `(D, units)`, b1, W2 `(units, D)`, b2.
struct FeedForwardLayer: CompositeLayer {
    static let classNames = ["FeedForward"]

    static let support = LayerSupport(
        package: "keras-position-wise-feed-forward", .keras2 ... .keras2,
        "as defined there, by its fields")

    let context: LayerContext
    private let units: Int
    private let activation: JSONValue
    private let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        units = try config.size("units")
        activation = config["activation"] ?? .null
        usesBias = try config.bool("use_bias")
        _ = try config.double("dropout_rate")
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, scope) = (try call.onlyInput(), call.scope)
        let features = try call.builder.shape(of: x).knownExtent(-1)
        func dense(_ x: ValueID, _ number: Int, _ dims: [Int]) throws -> ValueID {
            let kernel = try call.weight("W\(number)", dims: dims, isTrainable: true)
            let bias =
                usesBias
                ? try call.weight("b\(number)", dims: [dims[1]], isTrainable: true) : nil
            return try scope.dense(x, kernel: kernel, bias: bias)
        }
        let wide = try activated(dense(x, 1, [features, units]), call)
        return [try dense(wide, 2, [units, features])]
    }

    /// The activation; `gelu` of keras-transformer and keras-bert, whose layers have names of their own, is the form with tanh.
    private func activated(_ x: ValueID, _ call: CustomCall) throws -> ValueID {
        guard activation.string == "gelu" else { return try call.scope.activation(activation, x) }
        let isOfTransformer =
            context.description.name.hasPrefix("Encoder-")
            || context.description.name.hasPrefix("Decoder-")
        call.builder.remark(
            isOfTransformer
                ? "gelu is taken for that of keras-transformer, with tanh"
                : "gelu is taken for Keras' own, not that of keras-transformer", on: call.inputs)
        return try call.scope.operation(
            "Gelu", [x], JSONObject([("approximate", .bool(isOfTransformer))])
        ).only()
    }
}
