import GraphIR
import KerasFormat
import Problems

/// `StochasticDepth` of keras-cv: a shortcut plus a branch times the probability that training keeps it.
struct CVStochasticDepthLayer: KerasLayer {
    static let classNames = ["keras_cv>StochasticDepth"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    private let rate: Double

    init(config: LayerConfig, context: LayerContext) throws {
        rate = try config.double("rate", default: 0.5)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer takes a shortcut and a branch"))
        }
        let branch = try builder.binary(.multiply, call.inputs[1], 1 - rate)
        return [try builder.add(call.inputs[0], branch)]
    }
}
