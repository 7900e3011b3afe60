import GraphIR
import TFLiteFormat
import Tensors

extension Concatenate {
    /// The most inputs that the delegate takes.
    private static let inputLimit = 5
    /// The most axes that the delegate takes; it fails beyond.
    private static let rankLimit = 6

    /// CONCATENATION; more than five inputs are joined in steps, the smallest neighbours first.
    func lower(_ node: NodeLowering) throws {
        guard node.node.inputs.count > 1 else { return try node.emitCopy() }
        let rank = node.outputType.shape.rank
        guard rank > Self.rankLimit else {
            let parts = node.node.inputs.indices.map { (node.input($0), node.inputType($0)) }
            return emit(node, parts, axis: axis, to: node.output)
        }
        let merged = try node.mergedAxes(rank: rank, limit: 3) { $0 == axis ? 1 : 0 }
        let dtype = node.outputType.dtype
        let parts = try node.node.inputs.indices.map { index in
            let shape = merged.shape(node.inputType(index).shape)
            return (try node.reshapedInput(index, shape), GraphIR.TensorType(dtype, shape))
        }
        let result = node.step(.init(dtype, merged.shape(node.outputType.shape)), role: "result")
        emit(node, parts, axis: axis == 0 ? 0 : 1, to: result)
        try node.emitReshape(result, to: node.outputType.shape)
    }

    /// Joins so many neighbours first that every later step is full, as for Huffman codes.
    private func emit(
        _ node: NodeLowering, _ inputs: [(tensor: Int, type: GraphIR.TensorType)], axis: Int,
        to output: Int
    ) {
        let options = ConcatenationOptions(axis: axis)
        var parts = inputs
        while parts.count > Self.inputLimit {
            let count = (parts.count - 2) % (Self.inputLimit - 1) + 2
            let start = Self.smallestRun(parts.map(\.type.shape.elementCount), count)
            let run = parts[start..<start + count]
            var type = parts[start].type
            let extents = run.map { $0.type.shape[axis] }
            type.shape[axis] = extents.contains(Shape.free) ? Shape.free : extents.reduce(0, +)
            let joined = node.emitStep(.concatenation, run.map(\.tensor), type, options)
            parts.replaceSubrange(start..<start + count, with: [(joined, type)])
        }
        node.emit(.concatenation, parts.map(\.tensor), to: [output], options)
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
