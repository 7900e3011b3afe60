import GraphIR
import KerasFormat
import Problems
import Tensors

/// `EmbeddingSim` of keras-embed-sim, and `EmbeddingSimilarity` of keras-bert: softmax(x · tableᵀ + bias).
///
/// Inputs: x, the table `[V, D]`. Weights: bias `(V)`.
struct EmbeddingSimLayer: CompositeLayer {
    static let classNames = ["EmbeddingSim", "EmbeddingSimilarity"]

    static let support = LayerSupport(
        package: "keras-embed-sim", .keras2 ... .keras2, "`EmbeddingSimilarity` is in keras-bert")

    let context: LayerContext
    private let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        usesBias = try config.bool("use_bias", default: true)
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let builder = call.builder
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2"))
        }
        let (x, table) = (call.inputs[0], call.inputs[1])
        try builder.requireRank(table, 2)
        let words = try builder.shape(of: table).knownExtent(0)
        let bias = usesBias ? [try call.weight("bias", dims: [words], isTrainable: true)] : []
        let y = try builder.add(.fullyConnected(FullyConnected()), [x, table] + bias)
        return [try builder.softmax(y, axis: builder.shape(of: y).rank - 1)]
    }
}
