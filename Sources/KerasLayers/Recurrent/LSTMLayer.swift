import KerasFormat
import KerasWeights

/// `LSTM`, and `CuDNNLSTM`, which has tanh and sigmoid.
struct LSTMLayer: RecurrentLayer {
    static let classNames = ["LSTM", "CuDNNLSTM"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "one fused operator where it can be; masks, states",
        exceptions: ["CuDNNLSTM": .keras2 ... .keras2])

    let cell: any RecurrentCell
    var settings: SequenceSettings

    var keras1Storage: Keras1Storage { .gates(order: [0, 2, 1, 3]) }

    init(config: LayerConfig, context: LayerContext) throws {
        cell =
            context.className == "LSTM"
            ? try LSTMCell(config: config, context: context)
            : LSTMCell(hardwareUnits: try config.size("units"))
        settings = try SequenceSettings(config: config)
    }
}
