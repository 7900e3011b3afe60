import Foundations
import GraphIR
import KerasFormat
import Tensors

/// What `MBConvBlock` and `FusedMBConvBlock` of keras-cv have in common.
struct CVInvertedBottleneck: Sendable {
    let inputFilters: Int
    let outputFilters: Int
    let expands: Bool
    let kernel: Int
    let strides: Int
    let activation: JSONValue
    /// The filters in the middle.
    let filters: Int
    private let squeezed: Int
    private let squeezes: Bool

    init(config: LayerConfig) throws {
        inputFilters = try config.size("input_filters")
        outputFilters = try config.size("output_filters")
        let ratio = try config.size("expand_ratio", default: 1)
        kernel = try config.size("kernel_size", default: 3)
        strides = try config.size("strides", default: 1)
        activation = config["activation"] ?? .string("swish")
        expands = ratio != 1
        filters = try checkedProduct(inputFilters, ratio, "the filters")
        let share = try config.double("se_ratio", default: 0)
        squeezes = share > 0 && share <= 1
        squeezed = max(1, Int(min(max(Double(inputFilters) * share, 0), 1e9)))
    }

    /// A convolution without bias.
    func convolution(
        _ attribute: String, _ filters: Int, kernel: Int, strides: Int = 1, _ call: CustomCall
    ) throws -> CustomSublayer {
        try call.layer(
            attribute, "Conv2D",
            [
                "filters": .int(Int64(filters)), "kernel_size": .int(Int64(kernel)),
                "strides": .int(Int64(strides)), "padding": .string("same"),
                "use_bias": .bool(false),
            ])
    }

    /// A normalization of the channels.
    func norm(_ attribute: String, _ call: CustomCall) throws -> CustomSublayer {
        try call.layer(attribute, "BatchNormalization")
    }

    /// Both convolutions that scale channels by what they make of their means; they have weights only if they are used.
    func excitation(_ call: CustomCall) throws -> (CustomSublayer, CustomSublayer) {
        func layer(
            _ attribute: String, _ filters: Int, _ activation: JSONValue
        ) throws -> CustomSublayer {
            try call.layer(
                attribute, "Conv2D",
                [
                    "filters": .int(Int64(filters)), "kernel_size": .int(1),
                    "activation": activation,
                ])
        }
        return (
            try layer("se_conv1", squeezed, activation),
            try layer("se_conv2", filters, .string("sigmoid"))
        )
    }

    /// x with scaled channels, if the block scales them.
    func excited(
        _ x: ValueID, _ layers: (CustomSublayer, CustomSublayer), _ call: CustomCall
    ) throws -> ValueID {
        guard squeezes else { return x }
        let means = try call.builder.reduce(.mean, x, axes: [1, 2], keepDimensions: true)
        return try call.builder.multiply(x, layers.1(layers.0(means)))
    }

    /// y and the input, if the block adds it.
    func joined(_ y: ValueID, _ x: ValueID, _ builder: GraphBuilder) throws -> ValueID {
        strides == 1 && inputFilters == outputFilters ? try builder.add(y, x) : y
    }
}
