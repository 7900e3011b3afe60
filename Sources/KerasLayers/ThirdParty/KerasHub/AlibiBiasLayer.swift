import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `AlibiBias`: scores `[N, heads, T, S]` less the distance of a key from the last one, with a slope for each head.
struct AlibiBiasLayer: KerasLayer {
    static let classNames = KerasHubNames.names(of: "AlibiBias")

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "of known numbers of heads and keys")

    private let most: Double

    init(config: LayerConfig, context: LayerContext) throws {
        most = try config.double("alibi_bias_max", default: 8)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let shape = builder.shape(of: x)
        let (heads, keys) = (try shape.knownExtent(1), try shape.knownExtent(3))
        guard heads > 0 else { throw Problem(.invalidShape("scores of shape \(shape)")) }
        try checkList(checkedProduct(heads, keys, "the bias"), "the bias")
        let bias = slopes(heads).flatMap { slope in
            (0..<keys).map { slope * Double($0 + 1 - keys) }
        }
        return [
            try builder.add(
                x, builder.constant(Constant(bias, [1, heads, 1, keys]), role: "bias"))
        ]
    }

    /// Powers of one slope; between two powers of two, every second slope of the larger number fills up.
    private func slopes(_ count: Int) -> [Double] {
        let power = 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
        func powers(_ count: Int) -> [Double] {
            (1...count).map { pow(2, -most / Double(count) * Double($0)) }
        }
        if power == count { return powers(count) }
        let others = powers(2 * power).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        return powers(power) + others.prefix(count - power)
    }
}
