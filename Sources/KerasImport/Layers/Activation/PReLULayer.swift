import GraphIR
import Tensors

/// `PReLU`: x for x > 0, α · x elsewhere.
///
/// Weights: alpha, the shape of a sample with 1 on `shared_axes`.
struct PReLULayer: KerasLayer {
    static let classNames = ["PReLU"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let sharedAxes: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        sharedAxes =
            config.has("shared_axes") ? try config.axes("shared_axes", default: []) : []
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let shared = try sharedAxes.map { try shape.checkedAxis($0) }
        let extents = try shape.dims.indices.dropFirst().map { axis in
            shared.contains(axis) ? 1 : try shape.knownExtent(axis)
        }
        return [WeightSpec("alpha", dims: extents)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let alpha = builder.constant(call.weights[0], role: "alpha")
        return [try builder.add(.prelu(PReLU()), [call.onlyInput(), alpha])]
    }
}
