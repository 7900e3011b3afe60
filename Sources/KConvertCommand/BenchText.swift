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
        if !report.operators.isEmpty { lines += [""] + table }
        return lines.joined(separator: "\n")
    }

    private var table: [String] {
        let total = report.operators.reduce(0) { $0 + $1.seconds }
        let width = report.operators.map(\.kind.count).max() ?? 0
        return report.operators.map { row in
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
