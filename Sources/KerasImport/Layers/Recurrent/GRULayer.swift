/// `GRU`.
struct GRULayer: RecurrentLayer {
    static let classNames = ["GRU"]

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try GRUCell(config: config, context: context)
        settings = try SequenceSettings(config: config)
    }
}
