import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `QAveragePooling2D` and `QGlobalAveragePooling2D` of QKeras: sums times a quantized part of one.
struct QKerasPoolingLayer: KerasLayer {
    static let classNames = ["QAveragePooling2D", "QGlobalAveragePooling2D"]

    static let support = LayerSupport(package: "QKeras", .keras2 ... .keras2)

    private let layer: any KerasLayer
    private let quantizer: PackageQuantizer?
    private let activation: PackageQuantizer?
    /// How many elements a window has; nil for all of an image.
    private let area: Int?
    private let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        quantizer = try QKerasQuantizer(config["average_quantizer"])?.quantizer(isKernel: false)
        activation = try QKerasQuantizer(config["activation"])?.quantizer(isKernel: false)
        guard activation != nil || !config.has("activation") else {
            throw Problem(
                .invalidField(
                    "activation", value: config["activation"]?.description ?? "",
                    expected: "a quantizer"))
        }
        layer = try context.layer(
            ofClass: String(context.className.dropFirst()), replacing: [:])
        area =
            context.className == "QAveragePooling2D"
            ? try config.sizes("pool_size", count: 2, default: 2).reduce(1, *) : nil
        format = try config.dataFormat()
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let shape = builder.shape(of: try call.onlyInput())
        var y = try layer.build(call, in: builder).only()
        if let quantizer {
            let first = format == .channelsFirst ? 2 : 1
            let area =
                try area.map(Double.init)
                ?? Double(shape.knownExtent(first)) * Double(shape.knownExtent(first + 1))
            let part = quantizer.quantized(Constant([1 / area], [1])).doubles()[0]
            y = try builder.binary(.multiply, y, area * part)
        }
        return [try activation?.apply(to: y, in: builder) ?? y]
    }
}
