import KerasFormat
import KerasWeights

/// `GRU`, and `CuDNNGRU`, which has tanh and sigmoid and resets after the product.
struct GRULayer: RecurrentLayer {
    static let classNames = ["GRU", "CuDNNGRU"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "reset before and after, masks, states",
        exceptions: ["CuDNNGRU": .keras2 ... .keras2])

    let cell: any RecurrentCell
    var settings: SequenceSettings

    var keras1Storage: Keras1Storage { .gates(order: [0, 1, 2]) }

    init(config: LayerConfig, context: LayerContext) throws {
        cell =
            context.className == "GRU"
            ? try GRUCell(config: config, context: context)
            : GRUCell(hardwareUnits: try config.size("units"))
        settings = try SequenceSettings(config: config)
    }
}
