import KerasFormat
import Problems

/// `RNN`: a sequence through one of Keras' cells, or through several of them one on top of the other.
struct RNNLayer: RecurrentLayer {
    static let classNames = ["RNN"]

    static let support = LayerSupport(
        .keras2 ... .keras3,
        "over `LSTMCell`, `GRUCell`, `SimpleRNNCell`, `StackedRNNCells` and cells of tensorflow-addons"
    )

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
        if let cell = try AddonsCells.cell(description, inner) { return cell }
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
            throw Self.foreignCell(description)
        }
    }

    /// A cell that is not one of Keras' own; the remedy names the one that has the fields of its configuration, if one does.
    private static func foreignCell(_ description: LayerDescription) -> Problem {
        let name = description.registeredName ?? description.className
        let choice: Remedy? = ClassFields.definition(
            for: description, among: cellNames.contains
        ).map {
            "If it computes what the cell of Keras with the same fields does, say so with \(.layerClass) '\($0)'. "
        }
        return Problem(
            .unsupported(
                what: "the cell '\(name)' is not one of Keras' own",
                remedy: (choice ?? "")
                    + "\(choice == nil ? "Use" : "Otherwise use") one of Keras' cells, or end the model before the layer with \(.until)."
            ))
    }
}
