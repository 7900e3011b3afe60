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
        if !changesNothing(scale, 1, on: builder.shape(of: y)) {
            y = try builder.multiply(y, builder.constant(scale.constant, role: "scale"))
        }
        if let offset, !changesNothing(offset, 0, on: builder.shape(of: y)) {
            y = try builder.add(y, builder.constant(offset.constant, role: "offset"))
        }
        return [y]
    }

    /// Whether all numbers are the neutral one and do not spread the input over a larger shape.
    private func changesNothing(_ array: NumberArray, _ neutral: Double, on shape: Shape) -> Bool {
        let own = array.shape
        return array.allEqual(neutral) && own.count <= shape.rank
            && zip(own.reversed(), shape.dims.reversed()).allSatisfy { $0 == 1 || $0 == $1 }
    }
}
