import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `Dense`: activation(x · kernel + bias) over the last axis.
///
/// Weights: kernel `(in, units)`, bias `(units)`.
struct DenseLayer: KerasLayer {
    static let classNames = ["Dense"]

    static let support = LayerSupport(.keras1 ... .keras3, "on inputs of any rank")

    let units: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("units")
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
    }

    var passesMask: Bool { true }

    var actsOnLastAxis: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let features = try inputs.only().shape.knownExtent(-1)
        let kernel = WeightSpec("kernel", dims: [features, units])
        return usesBias ? [kernel, WeightSpec("bias", dims: [units])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let kernel = try builder.constant(call.weight("kernel").permuted([1, 0]), role: "kernel")
        let y = try builder.add(
            .fullyConnected(FullyConnected()),
            [call.onlyInput(), kernel] + builder.biasInputs(call.weights["bias"]))
        return [try activation.apply(to: y, in: builder)]
    }
}
