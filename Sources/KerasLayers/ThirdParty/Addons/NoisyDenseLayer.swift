import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `NoisyDense`: a dense layer whose parameters are mu + sigma · eps, with the noise that the file holds.
///
/// Weights: sigma, mu and eps of the kernel `(in, units)` and of the bias `(units)`.
struct NoisyDenseLayer: KerasLayer {
    static let classNames = ["Addons>NoisyDense"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "with the stored noise")

    let dense: DenseLayer

    init(config: LayerConfig, context: LayerContext) throws {
        dense = try DenseLayer(config: config, context: context)
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try dense.weightSpecs(for: inputs).flatMap { spec in
            ["sigma", "mu", "eps"].map {
                WeightSpec("\($0)_\(spec.role)", spec.shape, isTrainable: $0 != "eps")
            }
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try dense.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        var inner = call
        inner.weights = LayerWeights(
            specs,
            try specs.map { spec in
                let parts = try ["mu", "sigma", "eps"].map {
                    try call.weight("\($0)_\(spec.role)").doubles()
                }
                let noise = zip(parts[1], parts[2]).map { $0 * $1 }
                return Constant(zip(parts[0], noise).map { $0 + $1 }, spec.shape)
            })
        return try dense.build(inner, in: builder)
    }
}
