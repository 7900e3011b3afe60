import GraphIR
import Problems
import Tensors

/// `IntegerLookup`: the position of a number in a vocabulary, as an index or encoded.
///
/// Index 0 is the mask token's where there is one, the next that of all unknown numbers where there is one.
struct IntegerLookupLayer: KerasLayer {
    static let classNames = ["IntegerLookup"]

    static let support = LayerSupport(
        .keras2 ... .keras3, "with the vocabulary in the configuration")

    let vocabulary: [Int]
    let maskToken: Int?
    let unknownCount: Int
    let output: CategoryOutput
    let depth: Int

    init(config: LayerConfig, context: LayerContext) throws {
        let remedy = "Give the layer its vocabulary as an argument and save again."
        guard config["vocabulary"]?.array != nil else {
            throw Problem(
                .unsupported(what: "the architecture holds no vocabulary", remedy: remedy))
        }
        vocabulary = try config.ints("vocabulary")
        unknownCount = try config.int("num_oov_indices", default: 1)
        maskToken = try config.optionalInt("mask_token")
        output = try config.choice("output_mode", default: .int)
        guard unknownCount == 0 || unknownCount == 1, try !config.bool("invert", default: false)
        else {
            throw Problem(
                .unsupported(
                    what: "an inverted lookup, or several indices for unknown numbers",
                    remedy: "Use num_oov_indices=1."))
        }
        let known = vocabulary.count + unknownCount + (maskToken == nil ? 0 : 1)
        let size = try config.optionalInt("max_tokens") ?? known
        depth = try config.bool("pad_to_max_tokens", default: false) ? max(size, known) : known
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try builder.cast(call.onlyInput(), to: .int32)
        let rank = builder.shape(of: x).rank
        let first = unknownCount + (maskToken == nil ? 0 : 1)
        let unknown = maskToken == nil ? 0 : min(unknownCount, 1)
        var tokens = vocabulary
        var offsets = vocabulary.indices.map { $0 + first - unknown }
        if let maskToken {
            tokens.append(maskToken)
            offsets.append(-unknown)
        }
        guard !tokens.isEmpty, tokens.count < 1 << 24 else {
            throw Problem(.tooLarge(what: "the vocabulary", value: "\(tokens.count)"))
        }
        let table = builder.constant(Constant(tokens, [tokens.count]), role: "vocabulary")
        let places = builder.constant(
            Constant(offsets.map(Double.init), [offsets.count]), role: "indices")
        let matches = try builder.binary(.equal, builder.expandDimension(x, at: rank), table)
        let found = try builder.reduce(
            .sum, builder.multiply(builder.cast(matches, to: .float32), places), axes: [rank])
        let index = try builder.cast(builder.binary(.add, found, Double(unknown)), to: .int64)
        return [try output.encode(index, depth: depth, in: builder)]
    }
}
