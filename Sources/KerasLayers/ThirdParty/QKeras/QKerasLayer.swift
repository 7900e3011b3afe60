import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `QDense`, `QConv1D` … `QConv2DTranspose` of QKeras: layers of Keras with quantized weights and activations.
///
/// Weights: those of the layer of Keras, not quantized.
struct QKerasLayer: QuantizedWeightsLayer {
    static let classNames = [
        "QDense", "QConv1D", "QConv2D", "QDepthwiseConv2D", "QSeparableConv1D", "QSeparableConv2D",
        "QConv2DTranspose",
    ]

    static let support = LayerSupport(
        package: "QKeras", .keras2 ... .keras2, "quantizers with the values of inference")

    let layer: any KerasLayer
    let quantizers: [String: PackageQuantizer]
    private let activation: PackageQuantizer?

    init(config: LayerConfig, context: LayerContext) throws {
        let roles = [
            "kernel_quantizer": "kernel", "depthwise_quantizer": "depthwise_kernel",
            "pointwise_quantizer": "pointwise_kernel", "bias_quantizer": "bias",
        ]
        quantizers = try Dictionary(
            uniqueKeysWithValues: roles.compactMap { field, role in
                try QKerasQuantizer(config[field])?.quantizer(isKernel: role != "bias").map {
                    (role, $0)
                }
            })
        let quantizer = try QKerasQuantizer(config["activation"])
        activation = try quantizer?.quantizer(isKernel: false)
        let fields: KeyValuePairs<String, JSONValue> =
            activation == nil ? [:] : ["activation": .string("linear")]
        layer = try context.layer(
            ofClass: String(context.className.dropFirst()), replacing: fields)
    }

    func prepared(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID { x }

    func finished(_ y: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try activation?.apply(to: y, in: builder) ?? y
    }
}
