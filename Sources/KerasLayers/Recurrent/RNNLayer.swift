import KerasFormat
import Problems

/// `RNN`: a sequence through one of Keras' cells, or through several of them one on top of the other.
struct RNNLayer: RecurrentLayer {
    static let classNames = ["RNN"]

    static let support = LayerSupport(
        .keras2 ... .keras3, "over `LSTMCell`, `GRUCell`, `SimpleRNNCell`, `StackedRNNCells`")

    /// The classes of cells.
    static let cellNames = ["LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells"]

    let cell: any RecurrentCell
    var settings: SequenceSettings

    init(config: LayerConfig, context: LayerContext) throws {
        let cells = context.description.wrapped.filter { $0.role == "cell" }.map(\.layer)
        guard let first = cells.first else { throw Problem(.missingField("cell")) }
        cell =
            cells.count == 1
            ? try Self.cell(first, context)
            : try StackedCells(cells.map { try Self.cell($0, context) }, reversesStates: false)
        settings = try SequenceSettings(config: config)
    }

    private static func cell(
        _ description: LayerDescription, _ context: LayerContext
    ) throws -> any RecurrentCell {
        let description = context.custom.known(description)
        let (config, inner) = (description.config, try context.nested(description))
        switch description.isForeign ? "" : description.className {
        case "LSTMCell": return try LSTMCell(config: config, context: inner)
        case "GRUCell": return try GRUCell(config: config, context: inner)
        case "SimpleRNNCell": return try SimpleRNNCell(config: config, context: inner)
        case "StackedRNNCells":
            let cells = description.wrapped.filter { $0.role == "cells" }
            return try StackedCells(
                cells.map { try cell($0.layer, context) },
                reversesStates: config.bool("reverse_state_order", default: false))
        default:
            let name = description.registeredName ?? description.className
            throw Problem(
                .unsupported(
                    what: "the cell '\(name)' is not one of Keras' own",
                    remedy: "If it computes what one of them does, say so with \(.layerClass) "
                        + "'\(name)=LSTMCell', for example. Otherwise use "
                        + "LSTMCell, GRUCell, SimpleRNNCell or StackedRNNCells."))
        }
    }
}
