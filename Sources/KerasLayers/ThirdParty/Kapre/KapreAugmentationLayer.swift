import GraphIR
import KerasFormat

/// Layers of kapre that change signals and spectra at random in training.
struct KapreAugmentationLayer: KerasLayer {
    static let classNames = ["Kapre>ChannelSwap", "Kapre>SpecAugment"]

    static let support = LayerSupport(
        package: "kapre", .keras2 ... .keras2, "an identity at inference")

    init(config: LayerConfig, context: LayerContext) throws {}

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try call.onlyInput()]
    }
}
