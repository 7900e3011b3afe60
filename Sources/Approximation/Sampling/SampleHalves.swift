import Foundations
import GraphIR
import Problems
import Quantization
import Tensors

/// Samples in two halves: every other one fits, the ones between judge.
struct SampleHalves {
    /// The most samples that fit; more change little.
    private static let fitLimit = 512
    /// The most samples that judge.
    private static let judgeLimit = 2048
    private static let leastCount = 8

    let fit: [[Tensor]]
    let judge: [[Tensor]]

    /// - Parameter byteLimit: what the values of all samples that fit may take in memory at the same time, roughly.
    /// - Throws: `Problem.Kind.invalidArgument` if there are too few samples.
    init(_ samples: any SampleSource, _ graph: Graph, byteLimit: Int) throws {
        guard samples.count >= Self.leastCount else {
            throw Problem(
                .invalidArgument(
                    "\(samples.count) samples are too few to approximate with",
                    remedy:
                        "Give at least \(Self.leastCount), better 100 or more: one half fits, the other judges."
                ))
        }
        let largest = graph.computedByteCounts.max() ?? 1
        // A few values live at the same time, in the original and in the approximated run.
        let room = max(byteLimit / saturatingProduct(max(largest, 1), 6), Self.leastCount)
        let half = samples.count / 2
        fit = try (0..<min(half, Self.fitLimit, room)).map { try samples.inputs($0 * 2) }
        judge = try (0..<min(half, Self.judgeLimit)).map { try samples.inputs($0 * 2 + 1) }
    }

    /// Of one thing for each sample those that belong to the fitting half.
    func fitRows<Row>(_ rows: [Row]) -> [Row] {
        fit.indices.map { rows[$0 * 2] }
    }

    /// Of one thing for each sample those that belong to the judging half.
    func judgeRows<Row>(_ rows: [Row]) -> [Row] {
        judge.indices.map { rows[$0 * 2 + 1] }
    }
}
