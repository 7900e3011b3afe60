/// `LSTM`.
struct LSTMLayer: RecurrentLayer {
    static let classNames = ["LSTM"]

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try LSTMCell(config: config, context: context)
        settings = try SequenceSettings(config: config)
    }
}
