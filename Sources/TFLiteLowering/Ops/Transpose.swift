import GraphIR
import TFLiteFormat
import Tensors

extension Transpose {
    /// The most axes that TRANSPOSE knows.
    private static let limit = 6

    /// TRANSPOSE; RESHAPE where only axes of extent 1 move.
    func lower(_ node: NodeLowering) throws {
        let type = node.inputType(0)
        let moved = permutation.filter { type.shape.dims[$0] != 1 }
        if moved == moved.sorted() {
            return try node.emitReshape(node.input(0), to: node.outputType.shape)
        }
        guard type.shape.rank > Self.limit else {
            return emit(node, node.input(0), permutation, to: node.output)
        }
        let runs = Self.runs(moved)
        guard runs.count <= Self.limit else {
            throw node.unsupported("\(type.shape) has more than \(Self.limit) dimensions")
        }
        let order = runs.indices.sorted { runs[$0].lowerBound < runs[$1].lowerBound }
        func shape(_ runs: [Range<Int>]) -> Shape {
            Shape(
                runs.map { run in
                    let dims = type.shape.dims[run]
                    return dims.contains(Shape.free) ? Shape.free : dims.reduce(1, *)
                })
        }
        let merged = shape(order.map { runs[$0] })
        let source = node.step(.init(type.dtype, merged), role: "merged")
        try node.emitReshape(node.input(0), to: merged, output: source)
        let result = node.step(.init(type.dtype, shape(runs)), role: "result")
        emit(node, source, runs.indices.map { order.firstIndex(of: $0) ?? 0 }, to: result)
        try node.emitReshape(result, to: node.outputType.shape)
    }

    private func emit(_ node: NodeLowering, _ input: Int, _ permutation: [Int], to output: Int) {
        node.emit(
            .transpose, [input, node.integers(permutation, role: "permutation")], to: [output],
            EmptyOptions.transpose)
    }

    /// Runs of axes that stay neighbours, axes of extent 1 between them taken in, in the order of the output.
    private static func runs(_ moved: [Int]) -> [Range<Int>] {
        let ascending = moved.sorted()
        var runs: [Range<Int>] = []
        for (position, axis) in moved.enumerated() {
            let rank = ascending.firstIndex(of: axis) ?? 0
            if position > 0, rank > 0, ascending[rank - 1] == moved[position - 1],
                let last = runs.last
            {
                runs[runs.count - 1] = last.lowerBound..<axis + 1
            } else {
                runs.append(axis..<axis + 1)
            }
        }
        return runs
    }
}
