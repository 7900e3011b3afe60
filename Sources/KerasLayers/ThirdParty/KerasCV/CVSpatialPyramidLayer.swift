import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `SpatialPyramidPooling` of keras-cv: convolutions of several dilations and the mean of the image side by side, then a
/// convolution of them all.
///
/// Weights: kernel and normalization of the 1×1 convolution, of each dilated 3×3 one, of that of the mean and of the last.
struct CVSpatialPyramidLayer: CompositeLayer {
    static let classNames = ["keras_cv>SpatialPyramidPooling"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    let context: LayerContext
    private let dilations: [Int]
    private let filters: Int
    private let activation: JSONValue

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        dilations = try config.ints("dilation_rates", in: ConfigLimits.size)
        filters = try config.size("num_channels", default: 256)
        activation = config["activation"] ?? .string("relu")
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 4)
        func channel(_ index: Int) -> String {
            "aspp_parallel_channels/sequential\(index == 0 ? "" : "_\(index)")"
        }
        var parts = [try convolved(x, by: channel(0), call)]
        for (index, dilation) in dilations.enumerated() {
            parts.append(try convolved(x, by: channel(index + 1), dilation: dilation, call))
        }
        let mean = try builder.reduce(.mean, x, axes: [1, 2], keepDimensions: true)
        let whole = try convolved(mean, by: channel(dilations.count + 1), call)
        parts.append(
            try builder.broadcast(
                whole, (0..<3).map { builder.extent($0, of: x) } + [.known(filters)]))
        return [try convolved(builder.concatenate(parts, axis: 3), by: "projection", call)]
    }

    /// The activation of a normalized convolution: a dilated 3×3 one, or a 1×1 one without a dilation.
    private func convolved(
        _ x: ValueID, by attribute: String, dilation: Int? = nil, _ call: CustomCall
    ) throws -> ValueID {
        let convolution = try call.layer(
            "\(attribute)/layers", at: 0, "Conv2D",
            [
                "filters": .int(Int64(filters)), "kernel_size": .int(dilation == nil ? 1 : 3),
                "padding": .string("same"), "dilation_rate": .int(Int64(dilation ?? 1)),
                "use_bias": .bool(false),
            ])
        let normalization = try call.layer("\(attribute)/layers", at: 1, "BatchNormalization")
        return try call.scope.activation(activation, normalization(convolution(x)))
    }
}
