import GraphIR
import KerasFormat

/// `ThresholdedReLU`: x for x > theta, 0 elsewhere.
struct ThresholdedReLULayer: KerasLayer {
    static let classNames = ["ThresholdedReLU"]

    static let support = LayerSupport(.keras1 ... .keras2)

    let theta: Double

    init(config: LayerConfig, context: LayerContext) throws {
        theta = try config.double("theta", default: 1)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try builder.rectify(call.onlyInput(), threshold: theta)]
    }
}
