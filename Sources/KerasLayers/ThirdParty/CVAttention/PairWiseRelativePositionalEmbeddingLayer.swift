import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `PairWiseRelativePositionalEmbedding`: sign(d) · ln(1 + |d|) for the distances in rows and columns of all pairs of pixels of
/// an image `[N, H, W, C]`, `[H · W, H · W, 2]`.
struct PairWiseRelativePositionalEmbeddingLayer: KerasLayer {
    static let classNames = ["swinv2>PairWiseRelativePositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    init(config: LayerConfig, context: LayerContext) throws {}

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let shape = builder.shape(of: try call.onlyInput())
        let (height, width) = (try shape.knownExtent(1), try shape.knownExtent(2))
        let count = try checkedProduct(height, width, "the positions")
        try checkList(
            checkedProduct(count, 2 * count, "the pairs of positions"), "the pairs of positions")
        let positions = (0..<count).map { [$0 / height, $0 % height] }
        let values = positions.flatMap { a in
            positions.flatMap { b in
                zip(a, b).map { first, second in
                    let distance = Double(first - second)
                    return (distance < 0 ? -1 : 1) * log(1 + abs(distance))
                }
            }
        }
        return [builder.constant(Constant(values, [count, count, 2]), role: "distances")]
    }
}
