import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `FNetEncoder`: a block of a transformer that mixes a sequence `[N, steps, D]` with a Fourier transform instead of attention.
///
///     y = norm(x + real part of the transform of x along steps and features)
///     z = norm(y + dense(activation(dense(y))))
///
/// Weights: the norm of the mixture, that of the output, the first dense layer, the second one.
struct FNetEncoderLayer: CompositeLayer {
    static let classNames = KerasHubNames.names(of: "FNetEncoder")

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "of sequences of known length")

    let context: LayerContext
    private let config: LayerConfig

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        self.config = config
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        let epsilon: KeyValuePairs<String, JSONValue> = [
            "epsilon": .double(try config.double("layer_norm_epsilon", default: 1e-5))
        ]
        let mixtureNorm = try call.layer("_mixing_layer_norm", "LayerNormalization", epsilon)
        let outputNorm = try call.layer("_output_layer_norm", "LayerNormalization", epsilon)
        let wide = try call.layer(
            "_intermediate_dense", "Dense",
            [
                "units": .int(Int64(try config.size("intermediate_dim"))),
                "activation": config["activation"] ?? .string("relu"),
            ])
        let narrow = try call.layer(
            "_output_dense", "Dense",
            ["units": .int(Int64(try builder.shape(of: x).knownExtent(-1)))])
        let mixed = try mixtureNorm(builder.add(x, transform(x, in: builder)))
        return [try outputNorm(builder.add(mixed, narrow(wide(mixed))))]
    }

    /// The real part of the transform along both axes.
    private func transform(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let size = try builder.shape(of: x).knownExtent(2)
        let rows = try builder.fourier(x, size: size, count: size)
        let columns = try builder.fourier(
            (
                try builder.transpose(rows.real, [0, 2, 1]),
                try builder.transpose(rows.imaginary, [0, 2, 1])
            ))
        return try builder.transpose(columns.real, [0, 2, 1])
    }
}
