import Foundations
import TFLiteFormat

/// A search for places of tensors that need less memory than those of the runtime's planner.
///
/// Tensors are placed one after the other at the lowest free offset; the search exchanges neighbours in that order and keeps
/// what does not take more memory. It ends at the size below which no plan can be.
package struct PlanSearch {
    private let buffers: [BufferTimes.Buffer]
    /// The tensors that a file can give a place; kernels' buffers are placed by the runtime.
    private let movable: [Int]

    /// The best places found; nil where the runtime plans.
    package private(set) var fixed: [Int?]
    /// The bytes that the runtime's own plan takes.
    package let originalByteCount: Int
    /// The bytes that the best plan takes.
    package private(set) var byteCount: Int

    /// Searches.
    ///
    /// - Parameters:
    ///   - tensorCount: how many of the buffers are tensors.
    ///   - unmovable: tensors whose place the runtime has to choose.
    package init(_ buffers: [BufferTimes.Buffer], tensorCount: Int, unmovable: Set<Int>) {
        self.buffers = buffers
        movable = (0..<tensorCount).filter {
            buffers[$0].isPlaced && buffers[$0].first >= 0 && !unmovable.contains($0)
        }.sorted { (buffers[$1].byteCount, $1) < (buffers[$0].byteCount, $0) }
        fixed = []
        originalByteCount = GreedyPlan(buffers, fixed: []).byteCount
        byteCount = originalByteCount
        search()
    }

    /// The most bytes that are needed at one step.
    private var lowerBound: Int {
        let last = buffers.map(\.last).max() ?? 0
        guard last >= 0 else { return 0 }
        var changes = Array(repeating: 0, count: last + 2)
        for buffer in buffers where buffer.isPlaced && buffer.first >= 0 {
            changes[buffer.first] += GreedyPlan.aligned(buffer.byteCount)
            changes[buffer.last + 1] -= GreedyPlan.aligned(buffer.byteCount)
        }
        var (alive, most) = (0, 0)
        for change in changes {
            alive += change
            most = max(most, alive)
        }
        return most
    }

    private mutating func search() {
        let bound = lowerBound
        var order = movable
        guard byteCount > bound, order.count > 1 else { return }
        var numbers = SplitMix64(seed: 1)
        // The work of placing n buffers grows with n².
        let rounds = max(200, 20_000_000 / (order.count * order.count + 1000))
        var current = Int.max
        for _ in 0..<min(rounds, 20_000) {
            var changed = order
            for _ in 0...Int(numbers.next() % 3) {
                let (a, b) = (numbers.next(), numbers.next())
                changed.swapAt(Int(a % UInt64(order.count)), Int(b % UInt64(order.count)))
            }
            let (places, size) = place(changed)
            guard size <= current else { continue }
            (order, current) = (changed, size)
            if size < byteCount { (fixed, byteCount) = (places, size) }
            if size <= bound { return }
        }
    }

    /// The places of tensors in an order, and the memory that the runtime then takes.
    private func place(_ order: [Int]) -> (fixed: [Int?], byteCount: Int) {
        let (offsets, _) = GreedyPlan.place(order, buffers)
        return (offsets, GreedyPlan(buffers, fixed: offsets).byteCount)
    }
}

extension TFLiteModel {
    /// This model with a plan of its arena for TensorFlow Lite Micro, if one is found that takes less memory than the
    /// runtime's own.
    ///
    /// - Throws: what the sources of buffers throw.
    package func planningArena() throws -> TFLiteModel {
        let scratch = subgraphs.map { subgraph in
            subgraph.operators.map {
                KernelUse($0, in: subgraph, of: self, MicroRuntime()).referenceMemory.scratch
            }
        }
        // The runtime looks up variables of every subgraph as if they were tensors of the first.
        let unmovable = Set(
            subgraphs.flatMap { subgraph in
                subgraph.tensors.indices.filter { subgraph.tensors[$0].isVariable }
            })
        let tensorCount = subgraphs.reduce(0) { $0 + $1.tensors.count }
        let search = PlanSearch(
            try BufferTimes(self, scratch: scratch).buffers, tensorCount: tensorCount,
            unmovable: unmovable)
        guard search.byteCount < search.originalByteCount else { return self }
        var model = self
        model.metadata.removeAll { $0.name == OfflinePlan.name }
        let plan = OfflinePlan(Array(search.fixed.prefix(tensorCount)))
        let buffer = model.add(TFLiteBuffer(plan.bytes(subgraphs: subgraphs.count)))
        model.metadata.append(TFLiteMetadata(name: OfflinePlan.name, buffer: buffer))
        return model
    }
}
