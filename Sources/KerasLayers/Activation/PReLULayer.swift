import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `PReLU`: x for x > 0, α · x elsewhere.
///
/// Weights: alpha, the shape of a sample with 1 on `shared_axes`, which Keras 1 does not store.
struct PReLULayer: KerasLayer {
    static let classNames = ["PReLU"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let sharedAxes: [Int]
    let hidesSharedAxes: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        sharedAxes =
            config.has("shared_axes") ? try config.axes("shared_axes", default: []) : []
        hidesSharedAxes = context.version.hidesSharedAxes
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let shared = try sharedAxes.map { try shape.checkedAxis($0) }
        let extents = try shape.dims.indices.dropFirst().map { axis in
            shared.contains(axis) ? 1 : try shape.knownExtent(axis)
        }
        return [
            WeightSpec(
                "alpha", Shape(extents), or: hidesSharedAxes ? Self.sharing(extents) : [])
        ]
    }

    /// The extents with 1 on some axes, for each choice of axes.
    private static func sharing(_ extents: [Int]) -> [Shape] {
        extents.reduce([[]]) { choices, extent in
            choices.flatMap { extent == 1 ? [$0 + [1]] : [$0 + [extent], $0 + [1]] }
        }.map { Shape($0) }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let alpha = try builder.constant(call.weight("alpha"), role: "alpha")
        return [try builder.add(.prelu(PReLU()), [call.onlyInput(), alpha])]
    }
}
