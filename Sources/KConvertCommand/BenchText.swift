import KConvert

/// The text that `kconvert bench` prints.
struct BenchText {
    private let report: BenchmarkReport

    init(_ report: BenchmarkReport) {
        self.report = report
    }

    /// The whole text.
    var text: String {
        var lines = [
            "\(Format.count(report.runs, "run")), \(Format.count(report.threads, "thread"))",
            "  load    \(Format.duration(report.load))",
            "  first   \(Format.duration(report.first))",
            "  min     \(Format.duration(report.minimum))",
            "  median  \(Format.duration(report.median))",
            "  p99     \(Format.duration(report.percentile99))",
            "  speed   \(Format.rounded(report.gigaflops, digits: 1)) GFLOP/s",
            "  arena   \(Format.bytes(report.arenaBytes))",
        ]
        if !report.operators.isEmpty {
            lines += ["", "Operators in running order, medians of \(report.runs) further runs:"]
            lines += table(report.operators.map { Row($0.seconds, $0.gigaflops, $0.kind, $0.name) })
            lines += ["", "By kind:"] + table(kinds)
        }
        return lines.joined(separator: "\n")
    }

    /// The operators of each kind together, the longest first.
    private var kinds: [Row] {
        Dictionary(grouping: report.operators, by: \.kind).map { kind, operators in
            let seconds = operators.reduce(0) { $0 + $1.seconds }
            let work = operators.reduce(0) { $0 + $1.seconds * $1.gigaflops }
            return Row(
                seconds, seconds > 0 ? work / seconds : 0, kind,
                Format.count(operators.count, "operator"))
        }.sorted { ($1.seconds, $0.kind) < ($0.seconds, $1.kind) }
    }

    /// One line of a table.
    private struct Row {
        let seconds: Double
        let gigaflops: Double
        let kind: String
        let name: String

        init(_ seconds: Double, _ gigaflops: Double, _ kind: String, _ name: String) {
            self.seconds = seconds
            self.gigaflops = gigaflops
            self.kind = kind
            self.name = name
        }
    }

    private func table(_ rows: [Row]) -> [String] {
        let total = rows.reduce(0) { $0 + $1.seconds }
        let width = rows.map(\.kind.count).max() ?? 0
        return rows.map { row in
            let share = total > 0 ? row.seconds / total * 100 : 0
            let speed =
                row.gigaflops > 0 ? "\(Format.rounded(row.gigaflops, digits: 1)) GFLOP/s" : ""
            return Format.duration(row.seconds).leftPadded(to: 12)
                + "\(Format.rounded(share, digits: 1)) %".leftPadded(to: 9)
                + speed.leftPadded(to: 16)
                + "  \(row.kind.padded(to: width))  \(row.name)"
        }
    }
}
