import KerasFormat

/// `SimpleRNN`.
struct SimpleRNNLayer: RecurrentLayer {
    static let classNames = ["SimpleRNN"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "one fused operator where it can be; masks, states")

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try SimpleRNNCell(config: config, context: context)
        settings = try SequenceSettings(config: config)
    }
}
