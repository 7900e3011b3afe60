import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Tensors

/// `Highway` (Keras 1): t · activation(x · kernel + bias) + (1 − t) · x with t = σ(x · carry kernel + carry bias).
///
/// Weights: kernel and carry kernel `(features, features)`, then bias and carry bias `(features)`.
struct HighwayLayer: KerasLayer {
    static let classNames = ["Highway"]

    static let support = LayerSupport(.keras1 ... .keras1)

    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
    }

    var keras1Storage: Keras1Storage { .pairs }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let features = try inputs.only().shape.knownExtent(-1)
        let kernels = ["kernel", "carry_kernel"].map {
            WeightSpec($0, dims: [features, features])
        }
        let biases = ["bias", "carry_bias"].map { WeightSpec($0, dims: [features]) }
        return usesBias ? kernels + biases : kernels
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let product = { (prefix: String) in
            let role = prefix + "kernel"
            let kernel = try builder.constant(call.weight(role).permuted([1, 0]), role: role)
            let bias = builder.biasInputs(call.weights[prefix + "bias"])
            return try builder.add(.fullyConnected(FullyConnected()), [x, kernel] + bias)
        }
        let gate = try KerasActivation.sigmoid.apply(to: product("carry_"), in: builder)
        let changed = try activation.apply(to: product(""), in: builder)
        let change = try builder.multiply(gate, builder.subtract(changed, x))
        return [try builder.add(x, change)]
    }
}
