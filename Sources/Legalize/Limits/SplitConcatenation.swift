import GraphIR
import Targets
import Tensors

/// Joins more inputs than an operator takes in steps, the smallest neighbours first.
///
///     before   concatenate(a, b, c, d, e, f)
///     after    concatenate(concatenate(a, b), c, d, e, f)
///
/// Merges just enough neighbours first that every later step is full, as for Huffman codes. Exact.
struct SplitConcatenation: Expansion {
    let name = "split-concatenation"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .concatenate(let payload) = node.op,
            let limits = target[.concatenation],
            let limit = [limits.inputs, limits.fastInputs].compactMap({ $0 }).min(),
            node.inputs.count > limit
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            var parts = node.inputs
            while parts.count > limit {
                let count = (parts.count - 2) % (limit - 1) + 2
                let sizes = parts.map { patch.shape(of: $0).elementCount }
                let start = Self.smallestRun(sizes, count)
                let joined = try patch.add(
                    payload.op, Array(parts[start..<start + count]), role: "CONCATENATION")
                parts.replaceSubrange(start..<start + count, with: [joined])
            }
            return try patch.add(payload.op, parts)
        }
    }

    /// The start of the `count` neighbours with the smallest sum.
    private static func smallestRun(_ sizes: [Int], _ count: Int) -> Int {
        var sum = sizes.prefix(count).reduce(0, +)
        var (best, bestSum) = (0, sum)
        for start in 1..<max(sizes.count - count + 1, 1) {
            sum += sizes[start + count - 1] - sizes[start - 1]
            if sum < bestSum { (best, bestSum) = (start, sum) }
        }
        return best
    }
}
