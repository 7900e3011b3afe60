import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Phase`: the angles of complex numbers.
struct KaprePhaseLayer: KerasLayer {
    static let classNames = ["Kapre>Phase"]

    static let support = LayerSupport(
        package: "kapre", .keras2 ... .keras2, "without `approx_atan_accuracy`")

    init(config: LayerConfig, context: LayerContext) throws {
        guard !config.has("approx_atan_accuracy") else {
            throw Problem(
                .unsupported(
                    what: "'approx_atan_accuracy' is not supported",
                    remedy: "Save the model with approx_atan_accuracy=None."))
        }
    }

    var acceptsComplex: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        guard builder.isComplex(x) else {
            throw Problem(
                .unsupported(
                    what: "the phase of real numbers is not supported",
                    remedy: "Call the layer on the result of STFT."))
        }
        let parts = try builder.parts(of: x)
        return [try builder.binary(.arcTangent, parts.imaginary, parts.real)]
    }
}
