import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Rescaling`: x · scale + offset, each a number or one number per channel.
struct RescalingLayer: KerasLayer {
    static let classNames = ["Rescaling"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let scale: NumberArray
    let offset: NumberArray?

    init(config: LayerConfig, context: LayerContext) throws {
        scale = try config.array("scale")
        offset = try config.optionalArray("offset")
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var y = try call.onlyInput()
        if !scale.allEqual(1) {
            y = try builder.multiply(y, builder.constant(scale.constant, role: "scale"))
        }
        if let offset, !offset.allEqual(0) {
            y = try builder.add(y, builder.constant(offset.constant, role: "offset"))
        }
        return [y]
    }
}
