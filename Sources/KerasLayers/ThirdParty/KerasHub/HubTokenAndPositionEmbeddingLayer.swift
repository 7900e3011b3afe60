import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `TokenAndPositionEmbedding`: the vectors of tokens and of their positions, added.
///
/// Weights: those of the `ReversibleEmbedding` of the tokens, then `(sequence_length, embedding_dim)` of the positions.
struct HubTokenAndPositionEmbeddingLayer: CompositeLayer {
    static let classNames = KerasHubNames.names(of: "TokenAndPositionEmbedding")

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "with mask_zero")

    let context: LayerContext
    private let config: LayerConfig
    private let masksZero: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        self.config = config
        masksZero = try config.bool("mask_zero", default: false)
    }

    var acceptsIntegers: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let x = try call.onlyInput()
        let size = JSONValue.int(Int64(try config.size("embedding_dim")))
        let tokens = try call.layer(
            "token_embedding", "ReversibleEmbedding",
            [
                "input_dim": .int(Int64(try config.size("vocabulary_size"))), "output_dim": size,
                "tie_weights": .bool(try config.bool("tie_weights", default: true)),
            ])
        let positions = try call.layer(
            "position_embedding", "keras_hub>PositionEmbedding",
            ["sequence_length": .int(Int64(try config.size("sequence_length")))])
        guard try call.arguments.int("start_index", default: 0) == 0 else {
            throw Problem(
                .unsupported(
                    what: "the argument 'start_index' is not supported",
                    remedy: "Save the model without a start index."))
        }
        let embedded = try tokens(x)
        return [try call.builder.add(embedded, positions(embedded))]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        masksZero ? try builder.binary(.notEqual, call.onlyInput(), 0) : nil
    }
}
