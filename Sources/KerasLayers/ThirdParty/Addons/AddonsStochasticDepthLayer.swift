import GraphIR
import KerasFormat
import Problems
import Tensors

/// `StochasticDepth`: shortcut + survival_probability · residual.
struct AddonsStochasticDepthLayer: KerasLayer {
    static let classNames = ["Addons>StochasticDepth"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let probability: Double

    init(config: LayerConfig, context: LayerContext) throws {
        probability = try config.double("survival_probability", default: 0.5)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2"))
        }
        let residual = try builder.binary(.multiply, call.inputs[1], probability)
        return [try builder.add(call.inputs[0], residual)]
    }
}
