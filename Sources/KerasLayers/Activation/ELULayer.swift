import GraphIR
import KerasFormat

/// `ELU`: x for x > 0, alpha (eˣ − 1) elsewhere.
struct ELULayer: KerasLayer {
    static let classNames = ["ELU"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let alpha: Double

    init(config: LayerConfig, context: LayerContext) throws {
        alpha = try config.double("alpha", default: 1)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try builder.elu(call.onlyInput(), alpha: alpha)]
    }
}
