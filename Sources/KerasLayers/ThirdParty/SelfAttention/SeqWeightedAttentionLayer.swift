import GraphIR
import KerasFormat
import Tensors

/// `SeqWeightedAttention` of keras-self-attention: the mean of a sequence, weighted by the softmax of x · W + b.
///
/// Weights: W `(D, 1)`, b `(1)`.
struct SeqWeightedAttentionLayer: CompositeLayer {
    static let classNames = ["SeqWeightedAttention"]

    static let support = LayerSupport(
        package: "keras-self-attention", .keras2 ... .keras2, "masks, weights")

    let context: LayerContext
    private let usesBias: Bool
    private let returnsWeights: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        usesBias = try config.bool("use_bias", default: true)
        returnsWeights = try config.bool("return_attention", default: false)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        let features = try builder.shape(of: x).knownExtent(-1)
        let kernel = try call.weight("W", dims: [features, 1], isTrainable: true)
        let bias = usesBias ? try call.weight("b", dims: [1], isTrainable: true) : nil
        var scores = try builder.squeezeDimension(
            call.scope.dense(x, kernel: kernel, bias: bias), at: 2)
        if let mask = call.masks[x] {
            scores = try builder.lowered(scores, unless: builder.cast(mask, to: .float32))
        }
        let weights = try builder.softmax(scores, axis: 1)
        let weighted = try builder.multiply(x, builder.expandDimension(weights, at: 2))
        let y = try builder.reduce(.sum, weighted, axes: [1])
        return returnsWeights ? [y, weights] : [y]
    }
}
