import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `MagnitudeToDecibel`: 10 log₁₀ max(x, amin) − 10 log₁₀ max(ref_value, amin), at least the largest of the sample less
/// `dynamic_range`.
struct MagnitudeToDecibelLayer: KerasLayer {
    static let classNames = ["Kapre>MagnitudeToDecibel"]

    static let support = LayerSupport(package: "kapre", .keras2 ... .keras2)

    private let reference: Double
    private let least: Double
    private let range: Double

    init(config: LayerConfig, context: LayerContext) throws {
        reference = try config.double("ref_value", default: 1)
        least = try config.double("amin", default: 1e-5)
        range = try config.double("dynamic_range", default: 80)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let scale = 10 / log(10.0)
        let logarithm = try builder.unary(.log, builder.binary(.maximum, x, least))
        let y = try builder.binary(
            .subtract, builder.binary(.multiply, logarithm, scale),
            scale * log(max(reference, least)))
        let rank = builder.shape(of: x).rank
        let axes = rank > 1 ? Array(1..<rank) : [0]
        let loudest = try builder.reduce(.max, y, axes: axes, keepDimensions: true)
        return [try builder.binary(.maximum, y, builder.binary(.subtract, loudest, range))]
    }
}
