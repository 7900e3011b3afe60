import GraphIR
import KerasFormat

/// `FixedDropout`: a dropout whose noise has another shape, an identity at inference.
struct FixedDropoutLayer: KerasLayer {
    static let classNames = ["FixedDropout"]

    static let support = LayerSupport(
        package: "efficientnet", .keras2 ... .keras3,
        "an identity at inference; also in segmentation-models")

    /// What the class has as a dropout, without which it could be another project's class of this name.
    init(config: LayerConfig, context: LayerContext) throws {
        _ = try config.double("rate")
    }

    var acceptsIntegers: Bool { true }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        call.inputs
    }
}
