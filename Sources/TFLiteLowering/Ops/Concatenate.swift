import GraphIR
import TFLiteFormat
import Tensors

extension Concatenate {
    /// The most inputs that the delegate takes.
    private static let limit = 5

    /// CONCATENATION; more than five inputs are joined in steps, the smallest neighbours first.
    ///
    /// The first step joins so many that every later one is full (as for Huffman codes).
    func lower(_ node: NodeLowering) throws {
        guard node.node.inputs.count > 1 else { return try node.emitCopy() }
        var parts = node.node.inputs.indices.map {
            (tensor: node.input($0), type: node.inputType($0))
        }
        while parts.count > Self.limit {
            let count = (parts.count - 2) % (Self.limit - 1) + 2
            let start = Self.smallestRun(parts.map(\.type.shape.elementCount), count)
            let run = parts[start..<start + count]
            var type = parts[start].type
            let extents = run.map { $0.type.shape[axis] }
            type.shape[axis] = extents.contains(Shape.free) ? Shape.free : extents.reduce(0, +)
            let joined = node.emitStep(
                .concatenation, run.map(\.tensor), type, options)
            parts.replaceSubrange(start..<start + count, with: [(joined, type)])
        }
        node.emit(.concatenation, parts.map(\.tensor), options)
    }

    private var options: BuiltinOptions { .concatenation(ConcatenationOptions(axis: axis)) }

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
