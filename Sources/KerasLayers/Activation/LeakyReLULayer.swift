import GraphIR
import KerasFormat

/// `LeakyReLU`: x for x > 0, slope · x elsewhere; the slope is `alpha` in Keras 2, `negative_slope` in Keras 3.
struct LeakyReLULayer: KerasLayer {
    static let classNames = ["LeakyReLU"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let slope: Double

    init(config: LayerConfig, context: LayerContext) throws {
        slope = try config.double(
            config.has("negative_slope") ? "negative_slope" : "alpha", default: 0.3)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try builder.add(.leakyReLU(LeakyReLU(alpha: Float(slope))), [call.onlyInput()])]
    }
}
