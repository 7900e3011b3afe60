import GraphIR

/// `ELU`: x for x > 0, alpha (eˣ − 1) elsewhere.
struct ELULayer: KerasLayer {
    static let classNames = ["ELU"]

    let alpha: Double

    init(config: LayerConfig, context: LayerContext) throws {
        alpha = try config.double("alpha", default: 1)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try builder.elu(call.onlyInput(), alpha: alpha)]
    }
}
