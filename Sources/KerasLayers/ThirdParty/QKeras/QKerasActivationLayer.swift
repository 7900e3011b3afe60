import GraphIR
import KerasFormat
import Problems
import Tensors

/// `QActivation` of QKeras: a quantizer, or an activation of Keras.
struct QKerasActivationLayer: KerasLayer {
    static let classNames = ["QActivation"]

    static let support = LayerSupport(package: "QKeras", .keras2 ... .keras2)

    private let quantizer: PackageQuantizer?
    private let activation: LayerActivation?

    init(config: LayerConfig, context: LayerContext) throws {
        quantizer = try QKerasQuantizer(config["activation"])?.quantizer(isKernel: false)
        activation = quantizer == nil ? try config.activation(context) : nil
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        if let quantizer { return [try quantizer.apply(to: x, in: builder)] }
        return [try activation?.apply(to: x, in: builder) ?? x]
    }
}
