import GraphIR
import KerasFormat
import Tensors

/// `Sparsemax`: the nearest point of the simplex along an axis.
struct AddonsSparsemaxLayer: KerasLayer {
    static let classNames = ["Addons>Sparsemax"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let axis: Int

    init(config: LayerConfig, context: LayerContext) throws {
        axis = try config.axis("axis", default: -1)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        return [
            try builder.simplexProjection(x, axis: builder.shape(of: x).checkedAxis(axis))
        ]
    }
}
