import GraphIR
import KerasFormat
import Problems
import Tensors

/// `IntegerLookup`: the position of a number in a vocabulary, as an index or encoded; inverted, the number at a position.
///
/// In front of the vocabulary come index 0 for the mask token, if there is one and indices are wanted, and the indices
/// for unknown numbers x: one, or several that are shared by x modulo their count.
struct IntegerLookupLayer: KerasLayer {
    static let classNames = ["IntegerLookup"]

    static let support = LayerSupport(
        .keras2 ... .keras3,
        "with a vocabulary that was given or adapted; unknown numbers not hashed as text")

    let vocabulary: [Int]
    let maskToken: Int?
    let unknownToken: Int
    let unknownCount: Int
    let isInverted: Bool
    /// The form of the result; nil for counts that are multiplied by weights.
    let output: CategoryOutput?
    let weights: [Double]
    let depth: Int

    init(config: LayerConfig, context: LayerContext) throws {
        guard config["vocabulary"]?.array != nil else {
            let name = config["vocabulary"]?.string
            throw Problem(
                .unsupported(
                    what: name.map { "its vocabulary is in '\($0)', outside of the model" }
                        ?? "the file holds no vocabulary",
                    remedy: "Give the layer its vocabulary as a list and save again."))
        }
        let isWeighted = try config.string("output_mode", default: "int") == "tf_idf"
        output = isWeighted ? nil : try config.choice("output_mode", default: .int)
        unknownCount = try config.int("num_oov_indices", default: 1)
        // Keras 2.4 calls the special numbers values.
        maskToken = try config.optionalInt(config.has("mask_value") ? "mask_value" : "mask_token")
        unknownToken =
            try config.optionalInt(config.has("oov_value") ? "oov_value" : "oov_token") ?? -1
        isInverted = try config.bool("invert", default: false)
        guard (0..<1 << 16).contains(unknownCount) else {
            throw Problem(
                .invalidField("num_oov_indices", value: "\(unknownCount)", expected: "a count"))
        }
        let hashes = try config.string("oov_method", default: "floormod") == "farmhash"
        guard unknownCount <= 1 || !hashes else {
            throw Problem(
                .unsupported(
                    what: "unknown numbers are hashed as text",
                    remedy: "Use num_oov_indices=1, or oov_method='floormod'."))
        }
        let masks = output == .int && maskToken != nil ? 1 : 0
        let special =
            (masks == 1 ? [maskToken ?? 0] : [])
            + [Int](repeating: unknownToken, count: unknownCount)
        let tokens = try config.ints("vocabulary")
        vocabulary =
            !special.isEmpty && tokens.starts(with: special)
            ? Array(tokens.dropFirst(special.count)) : tokens
        let known = vocabulary.count + special.count
        let size = try config.optionalInt("max_tokens") ?? known
        depth = try config.bool("pad_to_max_tokens", default: false) ? max(size, known) : known
        weights =
            isWeighted
            ? try Self.weights(config, of: tokens.count, besides: known - tokens.count, depth) : []
    }

    /// The weight of each index: unknown numbers that the vocabulary does not list have the average one, padding has none.
    private static func weights(
        _ config: LayerConfig, of tokenCount: Int, besides unlisted: Int, _ depth: Int
    ) throws -> [Double] {
        guard config.has("idf_weights") else {
            throw Problem(
                .unsupported(
                    what: "the architecture holds no weights of the numbers",
                    remedy: "Give the layer idf_weights as an argument and save again."))
        }
        let own = try config.array("idf_weights").values
        guard own.count == tokenCount else {
            throw Problem(
                .invalidField(
                    "idf_weights", value: "\(own.count) numbers",
                    expected: "one for each of the \(tokenCount) in the vocabulary"))
        }
        try checkList(depth, "the weights of the numbers")
        let average = own.reduce(0, +) / Double(max(own.count, 1))
        let all = [Double](repeating: average, count: unlisted) + own
        return all + [Double](repeating: 0, count: depth - all.count)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try builder.cast(call.onlyInput(), to: .int32)
        if isInverted {
            let found = try mapped(
                x,
                fallback: builder.constant(
                    Constant([unknownToken], []), role: "unknown"), in: builder)
            return [try builder.cast(found, to: .int64)]
        }
        let first = output == .int && maskToken != nil ? 1 : 0
        var fallback = builder.constant(
            Constant([unknownCount == 0 ? -1 : first], []), role: "unknown")
        if unknownCount > 1 {
            let rest = try builder.binary(.floorModulo, x, Double(unknownCount))
            fallback = try builder.binary(.add, rest, Double(first))
        }
        let index = try builder.cast(mapped(x, fallback: fallback, in: builder), to: .int64)
        if let output { return [try output.encode(index, depth: depth, in: builder)] }
        let counts = try CategoryOutput.count.encode(index, depth: depth, in: builder)
        return [
            try builder.multiply(
                counts, builder.constant(Constant(weights, [depth]), role: "weights"))
        ]
    }

    /// The value of each key among x, and another value for all that are not keys.
    private func mapped(
        _ x: ValueID, fallback: ValueID, in builder: GraphBuilder
    ) throws -> ValueID {
        let first = unknownCount + (output == .int && maskToken != nil ? 1 : 0)
        var pairs = vocabulary.enumerated().map { (key: $1, value: $0 + first) }
        if let maskToken { pairs.append((maskToken, output == .int ? 0 : -1)) }
        if isInverted { pairs = pairs.map { ($0.value, $0.key) } }
        guard !pairs.isEmpty, pairs.count < 1 << 24 else {
            throw Problem(.tooLarge(what: "the vocabulary", value: "\(pairs.count)"))
        }
        let rank = builder.shape(of: x).rank
        let keys = builder.constant(
            Constant(pairs.map(\.key), [pairs.count]), role: "keys")
        let values = builder.constant(
            Constant(pairs.map(\.value), [pairs.count]), role: "values")
        let matches = try builder.binary(.equal, builder.expandDimension(x, at: rank), keys)
        let flags = try builder.cast(matches, to: .int32)
        let found = try builder.reduce(.sum, builder.multiply(flags, values), axes: [rank])
        let isKnown = try builder.reduce(.any, matches, axes: [rank])
        return try builder.select(isKnown, found, fallback)
    }
}
