import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `TrigPosEmbedding` of keras-pos-embd: sines and cosines of positions.
///
/// With wₖ = 10000^(−2⌊k/2⌋ / D), element k of position p is sin(p · wₖ) for even k and cos(p · wₖ) for odd k.
struct TrigPosEmbdLayer: KerasLayer {
    static let classNames = ["TrigPosEmbedding"]

    static let support = LayerSupport(package: "keras-pos-embd", .keras2 ... .keras2, "all modes")

    private let mode: PosEmbdMode
    private let size: Int?

    init(config: LayerConfig, context: LayerContext) throws {
        mode = try PosEmbdMode(config: config)
        size = try config.optionalInt("output_dim", in: ConfigLimits.size)
    }

    var passesMask: Bool { mode != .expand }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let size =
            try (mode == .add ? nil : self.size) ?? builder.shape(of: x).knownExtent(-1)
        let frequencies = (0..<size).map { pow(10000, -Double($0 / 2 * 2) / Double(size)) }
        let isOdd = builder.constant(
            Constant(
                Tensor(dtype: .float64, shape: [size], copying: (0..<size).map { Double($0 % 2) }),
                as: .bool), role: "odd")
        let angles =
            mode == .expand
            ? try builder.multiply(
                builder.expandDimension(x, at: builder.shape(of: x).rank),
                builder.constant(Constant(frequencies, [size]), role: "frequencies"))
            : try builder.angles(ofPositionsAlong: 1, of: x, first: 0, frequencies: frequencies)
        let waves = try builder.select(
            isOdd, builder.unary(.cos, angles), builder.unary(.sin, angles))
        switch mode {
        case .expand: return [waves]
        case .add: return [try builder.add(x, waves)]
        case .concat:
            let extents = [builder.extent(0, of: x), builder.extent(1, of: x), .known(size)]
            return [try builder.concatenate([x, builder.broadcast(waves, extents)], axis: 2)]
        }
    }
}
