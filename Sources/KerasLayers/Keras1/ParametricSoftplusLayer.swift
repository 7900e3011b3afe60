import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Tensors

/// `ParametricSoftplus` (Keras 1): α · ln(1 + exp(β · x)) with α and β for each element.
///
/// Weights: alphas and betas, each of the input's shape without the batch.
struct ParametricSoftplusLayer: KerasLayer {
    static let classNames = ["ParametricSoftplus"]

    static let support = LayerSupport(.keras1 ... .keras1)

    init(config: LayerConfig, context: LayerContext) throws {}

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let extents = try shape.dims.indices.dropFirst().map { try shape.knownExtent($0) }
        return ["alphas", "betas"].map { WeightSpec($0, dims: extents) }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let alphas = try builder.constant(call.weight("alphas"), role: "alphas")
        let betas = try builder.constant(call.weight("betas"), role: "betas")
        let scaled = try builder.multiply(call.onlyInput(), betas)
        let y = try KerasActivation.softplus.apply(to: scaled, in: builder)
        return [try builder.multiply(y, alphas)]
    }
}
