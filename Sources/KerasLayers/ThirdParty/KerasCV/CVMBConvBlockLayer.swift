import GraphIR
import KerasFormat
import Tensors

/// `MBConvBlock` of keras-cv: expansion, depthwise convolution, squeeze and excite, projection.
///
/// Weights: those of the convolutions and normalizations in the order in which they are used.
struct CVMBConvBlockLayer: CompositeLayer {
    static let classNames = ["keras_cv>MBConvBlock"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    let context: LayerContext
    private let parts: CVInvertedBottleneck

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        parts = try CVInvertedBottleneck(config: config)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 4)
        let expansion = try parts.convolution("conv1", parts.filters, kernel: 1, call)
        let expansionNorm = try parts.norm("bn1", call)
        let depthwise = try call.layer(
            "depthwise", "DepthwiseConv2D",
            [
                "kernel_size": .int(Int64(parts.kernel)), "strides": .int(Int64(parts.strides)),
                "padding": .string("same"), "use_bias": .bool(false),
            ])
        let norm = try parts.norm("bn2", call)
        let excitation = try parts.excitation(call)
        let projection = try parts.convolution(
            "output_conv", parts.outputFilters, kernel: parts.expands ? 1 : parts.kernel, call)
        let projectionNorm = try parts.norm("bn3", call)
        func activated(_ x: ValueID) throws -> ValueID {
            try call.scope.activation(parts.activation, x)
        }
        var y = parts.expands ? try activated(expansionNorm(expansion(x))) : x
        y = try activated(norm(depthwise(y)))
        y = try projectionNorm(projection(parts.excited(y, excitation, call)))
        return [try parts.joined(y, x, builder)]
    }
}
