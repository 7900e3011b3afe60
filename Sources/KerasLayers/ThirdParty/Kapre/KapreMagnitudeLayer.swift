import GraphIR
import KerasFormat
import Tensors

/// `Magnitude`: the absolute values of complex or real numbers.
struct KapreMagnitudeLayer: KerasLayer {
    static let classNames = ["Kapre>Magnitude"] + KapreNames.names(of: "MagnitudeTflite")

    static let support = LayerSupport(package: "kapre", .keras2 ... .keras2)

    private let takesPairs: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        takesPairs = context.className == "MagnitudeTflite"
    }

    var acceptsComplex: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        guard takesPairs || builder.isComplex(x) else { return [try builder.unary(.abs, x)] }
        let last = builder.shape(of: x).rank - 1
        let power = try builder.reduce(.sum, builder.unary(.square, x), axes: [last])
        return [try builder.unary(.sqrt, power)]
    }
}
