import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `MaxoutDense` (Keras 1): the largest of several linear functions, for each unit.
///
/// Weights: kernel `(functions, in, units)`, bias `(functions, units)`.
struct MaxoutDenseLayer: KerasLayer {
    static let classNames = ["MaxoutDense"]

    static let support = LayerSupport(.keras1 ... .keras1)

    let units: Int
    let functions: Int
    let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("units")
        functions = try config.size("nb_feature", default: 4)
        usesBias = try config.bool("use_bias", default: true)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let features = try inputs.only().shape.knownExtent(-1)
        _ = try checkedProduct(functions, units, "the number of units")
        let kernel = WeightSpec("kernel", dims: [functions, features, units])
        return usesBias ? [kernel, WeightSpec("bias", dims: [functions, units])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 2)
        let features = try builder.shape(of: x).knownExtent(-1)
        let count = try checkedProduct(functions, units, "the number of units")
        let kernel = try builder.constant(
            call.weight("kernel").permuted([0, 2, 1]).reshaped([count, features]), role: "kernel")
        let bias = call.weights["bias"]?.reshaped([count])
        let all = try builder.add(
            .fullyConnected(FullyConnected()), [x, kernel] + builder.biasInputs(bias))
        let split = try builder.reshape(all, [builder.shape(of: x)[0], functions, units])
        return [try builder.reduce(.max, split, axes: [1])]
    }
}
