import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `TLU`: max(x, τ), or max(x, τ + α · x) if it is affine.
///
/// Weights, of the extents of a sample: tau, alpha (if affine).
struct TLULayer: KerasLayer {
    static let classNames = ["Addons>TLU"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let isAffine: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        isAffine = try config.bool("affine", default: false)
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let dims = try (1..<max(shape.rank, 1)).map { try shape.knownExtent($0) }
        return [WeightSpec("tau", dims: dims)] + (isAffine ? [WeightSpec("alpha", dims: dims)] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        var bound = try builder.constant(call.weight("tau"), role: "tau")
        if let alpha = call.weights["alpha"] {
            bound = try builder.add(
                builder.multiply(x, builder.constant(alpha, role: "alpha")), bound)
        }
        return [try builder.binary(.maximum, x, bound)]
    }
}
