import GraphIR
import KerasFormat
import Problems
import Tensors

/// `DropConnect`: the sum of a shortcut and a branch that training drops at random.
struct DropConnectLayer: KerasLayer {
    static let classNames = ["model_surgery>DropConnect"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    init(config: LayerConfig, context: LayerContext) throws {}

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2"))
        }
        return [try builder.add(call.inputs[0], call.inputs[1])]
    }
}
