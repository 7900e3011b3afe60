/// `SimpleRNN`.
struct SimpleRNNLayer: RecurrentLayer {
    static let classNames = ["SimpleRNN"]

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try SimpleRNNCell(config: config, context: context)
        settings = try SequenceSettings(config: config)
    }
}
