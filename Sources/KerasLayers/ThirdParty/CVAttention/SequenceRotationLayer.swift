import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PositionalEncodingFourierRot1D`: pairs of features of a sequence `[N, …, steps, heads, 2, F]`, turned by an angle that
/// grows with the position.
///
/// Pair k of position p is turned by p · temperature^(−k / F).
struct SequenceRotationLayer: KerasLayer {
    static let classNames = ["kecam/llama2>PositionalEncodingFourierRot1D"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "without a cache")

    private let temperature: Double
    private let largestCount: Int

    init(config: LayerConfig, context: LayerContext) throws {
        temperature = try config.double("temperature", default: 1e4)
        largestCount = try config.size("max_block_size")
        guard try !config.bool("is_kv_cache", default: false) else {
            throw Problem(
                .unsupported(
                    what: "'is_kv_cache' is not supported",
                    remedy: "Save the model without the cache of keys and values."))
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let pairs = shape.rank - 2
        guard shape.rank >= 5, shape[pairs] == 2, shape[pairs - 2] <= largestCount else {
            throw Problem(
                .invalidShape(
                    "the input has shape \(shape), expected pairs of at most \(largestCount) steps")
            )
        }
        let size = try shape.knownExtent(-1)
        let angles = try builder.angles(
            ofPositionsAlong: pairs - 2, of: x, first: 0,
            frequencies: (0..<size).map { pow(temperature, -Double($0) / Double(size)) })
        let extents = [builder.extent(pairs - 2, of: x), .known(1), .known(1), .known(size)]
        let cosines = try builder.reshape(builder.unary(.cos, angles), extents)
        let sines = try builder.reshape(builder.unary(.sin, angles), extents)
        let left = try builder.slice(x, axis: pairs, from: 0, count: 1)
        let right = try builder.slice(x, axis: pairs, from: 1, count: 1)
        return [
            try builder.concatenate(
                [
                    builder.subtract(
                        builder.multiply(left, cosines), builder.multiply(right, sines)),
                    builder.add(
                        builder.multiply(right, cosines), builder.multiply(left, sines)),
                ], axis: pairs)
        ]
    }
}
