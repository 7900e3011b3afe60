import GraphIR
import KerasFormat
import Problems
import Tensors

/// `ScaledDotProductAttention` of keras-self-attention: softmax(q kᵀ / √D) v.
///
/// Inputs: query, key, value, or one sequence that is all three.
struct ScaledDotProductAttentionLayer: KerasLayer {
    static let classNames = ["ScaledDotProductAttention"]

    static let support = LayerSupport(
        package: "keras-self-attention", .keras2 ... .keras2, "masks, weights")

    private let returnsWeights: Bool
    private let seesHistoryOnly: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        guard config.object["history_only"] != nil else {
            throw Problem(.unknownLayer(nearest: nil))
        }
        returnsWeights = try config.bool("return_attention", default: false)
        seesHistoryOnly = try config.bool("history_only", default: false)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 1 || call.inputs.count == 3, let query = call.inputs.first,
            let value = call.inputs.last
        else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 1 or 3"))
        }
        let key = call.inputs.count == 3 ? call.inputs[1] : query
        let size = try builder.shape(of: query).knownExtent(-1)
        var scores = try builder.binary(
            .multiply, builder.add(.batchMatMul(BatchMatMul(adjointB: true)), [query, key]),
            1 / Double(size).squareRoot())
        if seesHistoryOnly {
            let earlier = try builder.positionMask(queries: (query, 1), keys: (key, 1), ahead: 0)
            scores = try builder.lowered(scores, unless: builder.cast(earlier, to: .float32))
        }
        let masks = call.masks.count == 3 ? call.masks[1] : call.masks.first ?? nil
        if let mask = masks {
            let kept = try builder.cast(builder.expandDimension(mask, at: 1), to: .float32)
            scores = try builder.lowered(scores, unless: kept)
        }
        let weights = try builder.softmax(scores, axis: 2)
        let y = try builder.add(.batchMatMul(BatchMatMul()), [weights, value])
        return returnsWeights ? [y, weights] : [y]
    }
}
