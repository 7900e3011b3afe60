import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PositionalIndex`: the numbers of the steps of a sequence, `[1, steps]`.
struct PositionalIndexLayer: KerasLayer {
    static let classNames = ["kecam/gpt2>PositionalIndex"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "of sequences of known length")

    private let most: Int

    init(config: LayerConfig, context: LayerContext) throws {
        most = try config.size("block_size", default: 1024)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let steps = min(try builder.shape(of: call.onlyInput()).knownExtent(-1), most)
        return [
            builder.constant(Constant(Array(0..<steps), [1, steps]), role: "positions")
        ]
    }
}
