import KConvert

/// The text that a conversion prints.
struct Summary {
    private let report: ConversionReport
    private let isVerbose: Bool

    init(_ report: ConversionReport, isVerbose: Bool) {
        self.report = report
        self.isVerbose = isVerbose
    }

    /// The whole summary.
    var text: String {
        let sections = [title, ports, optimization, sizes, verification, warnings, details]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var title: String {
        let version = report.kerasVersion.map { " (Keras \($0))" } ?? ""
        return "\(report.model)\(version) → \(report.output)"
    }

    private var ports: String {
        let rows =
            report.inputs.map { ("input", $0) } + report.outputs.map { ("output", $0) }
        let width = rows.map(\.1.name.count).max() ?? 0
        return rows.map { kind, tensor in
            "  \(kind.padded(to: 8))\(tensor.name.padded(to: width + 2))"
                + "\(Format.shape(tensor.shape))  \(tensor.dtype)"
        }.joined(separator: "\n")
    }

    private var optimization: String {
        var lines: [String] = []
        let norms = report.batchNormalizations
        if norms.total > 0 {
            let left = norms.left == 0 ? "" : ", \(norms.left) left"
            lines.append(
                "  \(norms.total - norms.left) of \(norms.total) batch normalizations folded\(left)"
            )
        }
        for pass in report.passes where pass.changes > 0 || !pass.notes.isEmpty {
            if isVerbose { lines.append("  \(pass.name): \(Format.count(pass.changes, "change"))") }
            for note in pass.notes.prefix(isVerbose ? Int.max : 3) { lines.append("    \(note)") }
        }
        return lines.joined(separator: "\n")
    }

    private var sizes: String {
        let (a, b) = (report.before, report.after)
        return """
              operators   \(a.operators) → \(b.operators)
              parameters  \(Format.grouped(a.parameters)) → \(Format.grouped(b.parameters))
              MACs        \(Format.large(a.multiplyAccumulates)) → \(Format.large(b.multiplyAccumulates))
              weights     \(Format.bytes(a.parameterBytes)) → \(Format.bytes(b.parameterBytes)), file \(Format.bytes(report.fileSize))
            """
    }

    private var verification: String {
        guard let check = report.verification else { return "  not verified" + time }
        let worst = check.outputs.max { $0.relativeError < $1.relativeError }
        let error = worst.map { Format.scientific($0.relativeError) } ?? "0"
        return "  verified against \(check.reference): largest error \(error) of the spread" + time
    }

    private var time: String {
        "\n  \(Format.seconds(report.timing.total)) in all"
            + " (reading \(Format.seconds(report.timing.reading)),"
            + " optimizing \(Format.seconds(report.timing.optimizing)),"
            + " writing \(Format.seconds(report.timing.writing)),"
            + " verifying \(Format.seconds(report.timing.verifying)))"
    }

    private var warnings: String {
        report.warnings.map { "  warning: \($0)" }.joined(separator: "\n")
    }

    private var details: String {
        guard isVerbose else { return "" }
        return report.operators.enumerated().map { index, op in
            "  \(String(index).leftPadded(to: 4))  \(op.name.padded(to: 24)) v\(op.version)  \(op.layer)"
        }.joined(separator: "\n")
    }
}
