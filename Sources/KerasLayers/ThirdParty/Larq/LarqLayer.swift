import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `QuantDense`, `QuantConv1D` … `QuantConv2DTranspose` of larq: layers of Keras with quantized kernels and inputs.
///
/// Weights: those of the layer of Keras, not quantized. With the padding `same` the border can have another value than 0.
struct LarqLayer: QuantizedWeightsLayer {
    static let classNames = [
        "QuantDense", "QuantConv1D", "QuantConv2D", "QuantConv3D", "QuantDepthwiseConv2D",
        "QuantSeparableConv1D", "QuantSeparableConv2D", "QuantConv2DTranspose",
        "QuantConv3DTranspose", "QuantLocallyConnected1D", "QuantLocallyConnected2D",
    ]

    static let support = LayerSupport(
        package: "larq", .keras2 ... .keras2, "quantizers with the values of inference")

    let layer: any KerasLayer
    let quantizers: [String: PackageQuantizer]
    private let input: PackageQuantizer?
    /// The value of the border and the window that it is for; nil for zeros.
    private let border: (value: Double, geometry: ConvolutionGeometry)?

    init(config: LayerConfig, context: LayerContext) throws {
        input = try LarqQuantizer.quantizer(config["input_quantizer"])
        quantizers = try Dictionary(
            uniqueKeysWithValues: ["kernel", "depthwise", "pointwise"].compactMap { part in
                try LarqQuantizer.quantizer(config["\(part)_quantizer"]).map {
                    (part == "kernel" ? part : "\(part)_kernel", $0)
                }
            })
        let padding = try config.string("padding", default: "valid")
        let value = try config.double("pad_values", default: 0)
        if value != 0, padding == "same" {
            let rank =
                context.className.contains("1D") ? 1 : context.className.contains("3D") ? 3 : 2
            border = (value, try ConvolutionGeometry(config: config, rank: rank))
        } else {
            border = nil
        }
        layer = try context.layer(
            ofClass: String(context.className.dropFirst("Quant".count)),
            replacing: ["padding": .string(border == nil ? padding : "valid")])
    }

    func prepared(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let y = try input?.apply(to: x, in: builder) ?? x
        guard let (value, geometry) = border else { return y }
        let shape = builder.shape(of: y)
        var amounts = [PadAmount](repeating: .none, count: shape.rank)
        for (index, axis) in geometry.format.spatialAxes(rank: shape.rank).enumerated() {
            let extent = try shape.knownExtent(axis)
            let window = (geometry.kernel[index] - 1) * geometry.dilations[index] + 1
            let steps = (extent + geometry.strides[index] - 1) / geometry.strides[index]
            let total = max((steps - 1) * geometry.strides[index] + window - extent, 0)
            amounts[axis] = PadAmount(total / 2, total - total / 2)
        }
        return try builder.pad(y, amounts, value: Float(value))
    }

    func finished(_ y: ValueID, in builder: GraphBuilder) throws -> ValueID { y }
}
