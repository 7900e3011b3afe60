import GraphIR
import KerasFormat

/// `ReLU`: min(x, max_value) above the threshold, negative_slope · (x − threshold) below.
struct ReLULayer: KerasLayer {
    static let classNames = ["ReLU"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let maximum: Double?
    let slope: Double
    let threshold: Double

    init(config: LayerConfig, context: LayerContext) throws {
        let maximum =
            config.has("max_value") ? try config.double("max_value", default: .infinity) : .infinity
        self.maximum = maximum == .infinity ? nil : maximum
        slope = try config.has("negative_slope") ? config.double("negative_slope", default: 0) : 0
        threshold = try config.has("threshold") ? config.double("threshold", default: 0) : 0
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [
            try builder.rectify(
                call.onlyInput(), maximum: maximum, slope: slope, threshold: threshold)
        ]
    }
}
