import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `ClassToken`: learned steps before a sequence `[N, steps, C]`, or after it.
///
/// Weights: tokens `(1, num_tokens, C)`.
struct ClassTokenLayer: KerasLayer {
    static let classNames = ["volo>ClassToken"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let count: Int
    private let isAtEnd: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        count = try config.size("num_tokens", default: 1)
        isAtEnd = try config.bool("is_at_end", default: false)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("tokens", dims: [1, count, try inputs.only().shape.knownExtent(-1)])]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 3)
        let tokens = try builder.constant(call.weight("tokens"), role: "tokens")
        let rows = try builder.broadcast(
            tokens, [builder.extent(0, of: x), .known(count), builder.extent(2, of: x)])
        return [try builder.concatenate(isAtEnd ? [x, rows] : [rows, x], axis: 1)]
    }
}
