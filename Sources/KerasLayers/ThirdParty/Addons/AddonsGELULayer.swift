import GraphIR
import KerasFormat
import Tensors

/// `GELU`: x · Φ(x), by default approximated with a hyperbolic tangent.
struct AddonsGELULayer: KerasLayer {
    static let classNames = ["Addons>GELU"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let isApproximate: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        isApproximate = try config.bool("approximate", default: true)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try builder.add(.gelu(GELU(approximate: isApproximate)), [call.onlyInput()])]
    }
}
