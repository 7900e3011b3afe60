import GraphIR
import KerasFormat
import Tensors

/// `CategoryEncoding`: indices as one-hot or multi-hot vectors, or as counts.
struct CategoryEncodingLayer: KerasLayer {
    static let classNames = ["CategoryEncoding"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let depth: Int
    let output: CategoryOutput

    init(config: LayerConfig, context: LayerContext) throws {
        depth = try config.size("num_tokens")
        output = try config.choice("output_mode", default: .multiHot)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let weights = try (call.keywords["count_weights"]?.tensors.first).map {
            try builder.floating($0)
        }
        guard let x = call.inputs.first else { return [try call.onlyInput()] }
        return [try output.encode(x, depth: depth, weights: weights, in: builder)]
    }
}
