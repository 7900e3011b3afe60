import Interpreter

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The scores of an output, a row for each sample.
struct ScoreTable {
    let values: [Double]
    let rowCount: Int

    init(_ tensor: LiteTensor) {
        values = tensor.doubles
        rowCount = tensor.shape.first ?? 1
    }

    var columnCount: Int { rowCount == 0 ? 0 : values.count / rowCount }

    /// The places of the greatest scores of a row, from the greatest down.
    func best(_ count: Int, ofRow row: Int) -> [Int] {
        let start = row * columnCount
        return (0..<columnCount).sorted { values[start + $0] > values[start + $1] }.prefix(count)
            .map { $0 }
    }
}

/// How good one file is.
struct EvaluationRow: Codable {
    /// The path of the file.
    let file: String
    /// The number of samples.
    let samples: Int
    /// The part of the samples whose greatest score is that of the true class; nil without a truth.
    var top1: Double?
    /// The part of the samples whose true class is among the greatest scores; nil without a truth.
    var topK: Double?
    /// The part of the samples whose greatest score is where it is in the first file; nil for the first.
    var agreement: Double?
    /// The mean magnitude of the difference from the first file; nil for the first.
    var meanError: Double?
    /// The signal to noise ratio against the first file in decibels; nil for the first and without a difference.
    var signalToNoise: Double?

    init(
        _ file: String, _ scores: ScoreTable, truth: [Int]?, top: Int, reference: ScoreTable?
    ) {
        self.file = file
        samples = scores.rowCount
        let rows = 0..<scores.rowCount
        func part(_ isRight: (Int) -> Bool) -> Double {
            rows.isEmpty ? 0 : Double(rows.count(where: isRight)) / Double(rows.count)
        }
        if let truth {
            top1 = part { scores.best(1, ofRow: $0) == [truth[$0]] }
            topK = part { scores.best(top, ofRow: $0).contains(truth[$0]) }
        }
        guard let reference else { return }
        agreement = part { scores.best(1, ofRow: $0) == reference.best(1, ofRow: $0) }
        var (signal, noise, sum) = (0.0, 0.0, 0.0)
        for (expected, actual) in zip(reference.values, scores.values) {
            signal += expected * expected
            noise += (expected - actual) * (expected - actual)
            sum += abs(expected - actual)
        }
        meanError = sum / Double(max(scores.values.count, 1))
        signalToNoise = noise > 0 ? 10 * log10(signal / noise) : nil
    }

    /// A line for each file.
    static func text(_ rows: [EvaluationRow], top: Int) -> String {
        rows.map { row in
            var parts = ["\(row.file): \(row.samples) samples"]
            if let top1 = row.top1, let topK = row.topK {
                parts.append("top-1 \(percent(top1)), top-\(top) \(percent(topK))")
            }
            if let agreement = row.agreement, let error = row.meanError {
                let ratio =
                    row.signalToNoise.map { "\(($0 * 10).rounded() / 10) dB" } ?? "no difference"
                parts.append(
                    "against the first: top-1 equal \(percent(agreement)), mean error \(Float(error)), \(ratio)"
                )
            }
            return parts.joined(separator: "; ")
        }.joined(separator: "\n")
    }

    private static func percent(_ part: Double) -> String { "\((part * 10000).rounded() / 100) %" }
}
