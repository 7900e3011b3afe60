import KConvert

/// The text that `kconvert inspect` prints.
struct InspectionText {
    private let inspection: Inspection

    init(_ inspection: Inspection) {
        self.inspection = inspection
    }

    /// The whole text.
    var text: String {
        ([title] + facts + ports + [""] + table + ["", totals]).joined(separator: "\n")
    }

    private var title: String {
        "\(inspection.name): \(inspection.format) model, \(Format.bytes(inspection.fileSize))"
    }

    private var facts: [String] {
        inspection.facts.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    }

    private var ports: [String] {
        let rows =
            inspection.inputs.map { ("input", $0) } + inspection.outputs.map { ("output", $0) }
        let width = rows.map(\.1.name.count).max() ?? 0
        return rows.map { kind, tensor in
            "  \(kind.padded(to: 8))\(tensor.name.padded(to: width + 2))"
                + "\(Format.shape(tensor.shape))  \(tensor.dtype)"
        }
    }

    private var table: [String] {
        let header = ["", "name", "kind", "output", "parameters", "MACs"]
        let rows = inspection.rows.enumerated().map { index, row in
            [
                String(index), row.name, row.kind,
                row.outputShapes.map(Format.shape).joined(separator: ", "),
                row.parameters == 0 ? "" : Format.grouped(row.parameters),
                row.multiplyAccumulates == 0 ? "" : Format.large(row.multiplyAccumulates),
            ]
        }
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        return ([header] + rows).map { cells in
            cells.indices.map { column in
                [0, 4, 5].contains(column)
                    ? cells[column].leftPadded(to: widths[column])
                    : cells[column].padded(to: widths[column])
            }.joined(separator: "  ")
        }
    }

    private var totals: String {
        "\(Format.grouped(inspection.parameters)) parameters, "
            + "\(Format.large(inspection.multiplyAccumulates)) multiply-accumulates"
    }
}
