import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `MaskedLMHead`: scores of all words for some steps of a sequence `[N, steps, C]`, whose numbers `[N, count]` are given.
///
/// Weights: output_kernel `(C, vocabulary_size)`, output_bias, the dense layer, the normalization.
struct MaskedLMHeadLayer: CompositeLayer {
    static let classNames = KerasHubNames.names(of: "MaskedLMHead")

    static let parameters = ["inputs", "mask_positions"]

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "without `token_embedding`")

    let context: LayerContext
    private let size: Int
    private let epsilon: Double
    private let inner: JSONValue
    private let activation: JSONValue

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        size = try config.size("vocabulary_size")
        epsilon = try config.double("layer_norm_epsilon", default: 1e-5)
        inner = config["intermediate_activation"] ?? .string("relu")
        activation = config["activation"] ?? .string("linear")
        for field in ["token_embedding", "embedding_weights"] where config.has(field) {
            throw Problem(
                .unsupported(
                    what: "the table of '\(field)', which the layer shares, is not supported",
                    remedy:
                        "Give the layer a kernel of its own, or end the model before it with \(.until)."
                ))
        }
    }

    var acceptsIntegers: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let builder = call.builder
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer takes two inputs, not \(call.inputs.count)"))
        }
        let (x, places) = (try builder.floating(call.inputs[0]), call.inputs[1])
        try builder.requireRank(x, 3)
        let channels = try builder.shape(of: x).knownExtent(-1)
        let kernel = try call.weight("output_kernel", dims: [channels, size], isTrainable: true)
        let bias = try call.weight("output_bias", dims: [size], isTrainable: true)
        let dense = try call.layer(
            "_intermediate_dense", "Dense",
            ["units": .int(Int64(channels)), "activation": inner])
        let normalize = try call.layer(
            "_intermediate_layer_norm", "LayerNormalization", ["epsilon": .double(epsilon)])
        let steps = try builder.taken(x, builder.cast(places, to: .int32), axis: 1, batch: 1)
        let scores = try call.scope.dense(normalize(dense(steps)), kernel: kernel, bias: bias)
        return [try call.scope.activation(activation, scores)]
    }
}
