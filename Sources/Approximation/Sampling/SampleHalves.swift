import Foundations
import GraphIR
import Problems
import Quantization
import Tensors

/// Samples that fit and samples that judge: every other one of the same, or two sources.
struct SampleHalves {
    /// The most samples that fit; more change little.
    private static let fitLimit = 512
    /// The most samples that weights are tuned with.
    private static let tuningLimit = 4096
    /// Bytes that these may take.
    private static let tuningByteLimit = 512 << 20
    /// The most samples that judge.
    private static let judgeLimit = 2048
    private static let leastCount = 8

    let fit: [[Tensor]]
    /// Those that fit, and more of their kind.
    let tuning: [[Tensor]]
    let judge: [[Tensor]]
    private let isSplit: Bool

    /// - Parameters:
    ///   - fitting: the samples that fit; nil for every other one of `samples`.
    ///   - byteLimit: what the values of all samples that fit may take in memory at the same time, roughly.
    /// - Throws: `Problem.Kind.invalidArgument` if there are too few samples.
    init(
        _ samples: any SampleSource, fitting: (any SampleSource)?, _ graph: Graph, byteLimit: Int
    ) throws {
        let least = min(samples.count, (fitting ?? samples).count)
        guard least >= Self.leastCount else {
            throw Problem(
                .invalidArgument(
                    "\(least) samples are too few to approximate with",
                    remedy:
                        "Give at least \(Self.leastCount), better 100 or more: one half fits, the other judges."
                ))
        }
        let largest = graph.computedByteCounts.max() ?? 1
        // A few values live at the same time, in the original and in the approximated run.
        let room = max(byteLimit / saturatingProduct(max(largest, 1), 6), Self.leastCount)
        let step = fitting == nil ? 2 : 1
        isSplit = fitting == nil
        let inputBytes = graph.inputs.reduce(0) {
            let type = graph[$1.value].type
            return saturatingSum(
                $0, type.dtype.byteCount(of: type.shape.resolvingFree().elementCount))
        }
        let fits = (fitting ?? samples).count / step
        let tuned = min(
            fits, Self.tuningLimit,
            max(Self.tuningByteLimit / max(inputBytes, 1), Self.leastCount))
        tuning = try (0..<tuned).map { try (fitting ?? samples).inputs($0 * step) }
        fit = Array(tuning.prefix(min(Self.fitLimit, room)))
        judge = try (0..<min(samples.count / step, Self.judgeLimit)).map {
            try samples.inputs($0 * step + step - 1)
        }
    }

    /// Of one thing for each sample those that belong to the fitting half; nil if the samples that fit are others.
    func fitRows<Row>(_ rows: [Row]) -> [Row]? {
        isSplit ? fit.indices.map { rows[$0 * 2] } : nil
    }

    /// Of one thing for each sample those that belong to the judging half.
    func judgeRows<Row>(_ rows: [Row]) -> [Row] {
        judge.indices.map { isSplit ? rows[$0 * 2 + 1] : rows[$0] }
    }
}
