import GraphIR
import KerasFormat
import Tensors

/// `FusedMBConvBlock` of keras-cv: expansion by a whole convolution, squeeze and excite, projection.
///
/// Weights: those of the convolutions and normalizations in the order in which they are used.
struct CVFusedMBConvBlockLayer: CompositeLayer {
    static let classNames = ["keras_cv>FusedMBConvBlock"]

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
        let expansion = try parts.convolution(
            "conv1", parts.filters, kernel: parts.kernel, strides: parts.strides, call)
        let norm = try parts.norm("bn1", call)
        let excitation = try parts.excitation(call)
        let projection = try parts.convolution(
            "output_conv", parts.outputFilters, kernel: parts.expands ? 1 : parts.kernel, call)
        let projectionNorm = try parts.norm("bn3", call)
        func activated(_ x: ValueID) throws -> ValueID {
            try call.scope.activation(parts.activation, x)
        }
        var y = parts.expands ? try activated(norm(expansion(x))) : x
        y = try projectionNorm(projection(parts.excited(y, excitation, call)))
        if !parts.expands { y = try activated(y) }
        return [try parts.joined(y, x, builder)]
    }
}
