/// `LSTM`, and `CuDNNLSTM`, which has tanh and sigmoid.
struct LSTMLayer: RecurrentLayer {
    static let classNames = ["LSTM", "CuDNNLSTM"]

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        cell =
            context.className == "LSTM"
            ? try LSTMCell(config: config, context: context)
            : LSTMCell(hardwareUnits: try config.size("units"))
        settings = try SequenceSettings(config: config)
    }
}
