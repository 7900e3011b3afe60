import KerasFormat

/// `ESN` of tensorflow-addons: an echo state network, a simple recurrent layer whose state leaks.
struct ESNLayer: RecurrentLayer {
    static let classNames = ["Addons>ESN"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try ESNCell(config: config, context: context)
        settings = try SequenceSettings(config: config)
    }
}
