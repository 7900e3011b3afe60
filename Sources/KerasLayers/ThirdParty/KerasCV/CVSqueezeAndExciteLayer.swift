import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `SqueezeAndExcite2D` of keras-cv: channels scaled by what two dense layers make of their means.
///
/// Weights: both 1×1 convolutions.
struct CVSqueezeAndExciteLayer: CompositeLayer {
    static let classNames = ["keras_cv>SqueezeAndExcite2D"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    let context: LayerContext
    private let filters: Int
    private let squeezed: Int
    private let activations: [JSONValue]

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        filters = try config.size("filters")
        squeezed = try config.optionalInt("bottleneck_filters") ?? filters / 4
        activations = [
            config["squeeze_activation"] ?? .string("relu"),
            config["excite_activation"] ?? .string("sigmoid"),
        ]
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 4)
        let convolutions = try zip(["squeeze_conv", "excite_conv"], [squeezed, filters])
            .enumerated()
            .map { index, layer in
                try call.layer(
                    layer.0, "Conv2D",
                    [
                        "filters": .int(Int64(layer.1)),
                        "kernel_size": .array([.int(1), .int(1)]),
                        "activation": activations[index],
                    ])
            }
        let means = try builder.reduce(.mean, x, axes: [1, 2], keepDimensions: true)
        return [try builder.multiply(convolutions[1](convolutions[0](means)), x)]
    }
}
