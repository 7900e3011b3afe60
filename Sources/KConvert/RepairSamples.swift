import Foundations
import GraphIR
import Quantization
import Tensors

/// Samples that repairs look at, and others that tell whether a repair helped.
struct RepairSamples {
    /// What repairs look at.
    let seen: [[Tensor]]
    /// What they do not see.
    let heldBack: [[Tensor]]
    /// How a graph agrees with the real one on the samples held back.
    let agreement: GraphAgreement

    /// The most samples of either kind, and the most bytes that one value may take for all of them together.
    private static let limits = (samples: 16, bytes: 1 << 25)

    init(_ samples: any SampleSource, reference: Graph, threads: ThreadBudget) throws {
        let largest = reference.computedByteCounts.max()
        let fitting = max(Self.limits.bytes / max(largest ?? 1, 1), 4)
        let count = min(samples.count / 2, Self.limits.samples, fitting)
        seen = try (0..<count).map { try samples.inputs($0 * 2) }
        heldBack = try (0..<count).map { try samples.inputs($0 * 2 + 1) }
        agreement = try GraphAgreement(reference: reference, heldBack, threads: threads)
    }
}
