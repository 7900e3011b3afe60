import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// The embeddings of keras.io's examples: `TokenAndPositionEmbedding` of text classification, `PositionalEmbedding` of
/// translation, whose zeros are masked.
///
/// Weights: the table of the tokens `(vocab_size, embed_dim)`, that of the positions `(length, embed_dim)`.
struct ExamplePositionalEmbeddingLayer: CompositeLayer {
    static let classNames = ["TokenAndPositionEmbedding", "PositionalEmbedding"]

    static let support = LayerSupport(
        package: "keras.io examples", .keras2 ... .keras3, "as defined there")

    let context: LayerContext
    private let vocabulary: Int
    private let length: Int
    private let size: Int
    private let masksZero: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        masksZero = context.className == "PositionalEmbedding"
        let lengthField = masksZero ? "sequence_length" : "maxlen"
        try config.requireOnly([lengthField, "vocab_size", "embed_dim"])
        vocabulary = try config.size("vocab_size")
        length = try config.size(lengthField)
        size = try config.size("embed_dim")
    }

    var acceptsIntegers: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        builder.remark(
            "taken for the class of keras.io's "
                + (masksZero ? "translation" : "text classification")
                + " with a transformer: vectors of tokens plus vectors of positions",
            on: call.inputs)
        let attributes =
            masksZero ? ["token_embeddings", "position_embeddings"] : ["token_emb", "pos_emb"]
        let tables = try zip(attributes, [vocabulary, length]).map { attribute, count in
            try call.layer(
                attribute, "Embedding",
                ["input_dim": .int(Int64(count)), "output_dim": .int(Int64(size))])
        }
        let last = builder.shape(of: x).rank - 1
        let count = builder.shape(of: x)[last]
        guard count <= length else {
            throw Problem(.invalidShape("\(count) steps exceed the \(length) positions"))
        }
        if count != Shape.free { try checkList(count, "the positions") }
        let positions =
            count == Shape.free
            ? try builder.binary(
                .minimum, builder.add(.positions(Positions(axis: last)), [x]), Double(length - 1))
            : builder.constant(Constant(Array(0..<count), [count]), role: "positions")
        return [try builder.add(tables[0](x), tables[1](positions))]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        masksZero ? try builder.binary(.notEqual, call.onlyInput(), 0) : nil
    }
}
