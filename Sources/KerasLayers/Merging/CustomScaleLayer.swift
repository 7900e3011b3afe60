import GraphIR
import KerasFormat
import Problems
import Tensors

/// `CustomScaleLayer` of `keras.applications.InceptionResNetV2`: a + scale · b.
///
/// Keras 2 saves it under the package `Custom`, as it would a class of the caller's own of this name; the module tells them
/// apart.
struct CustomScaleLayer: KerasLayer {
    static let classNames = ["CustomScaleLayer", "Custom>CustomScaleLayer"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let scale: Double

    init(config: LayerConfig, context: LayerContext) throws {
        let isOfKeras = context.description.module?.contains("inception_resnet_v2") ?? true
        guard isOfKeras, config.object["scale"] != nil else {
            throw Problem(.unknownLayer(nearest: nil))
        }
        scale = try config.double("scale", default: 1)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2"))
        }
        let scaled = try builder.binary(.multiply, call.inputs[1], scale)
        return [try builder.binary(.add, call.inputs[0], scaled)]
    }
}
