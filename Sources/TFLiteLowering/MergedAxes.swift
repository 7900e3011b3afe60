import GraphIR
import TFLiteFormat
import Tensors

/// Runs of neighbouring axes that an operator treats as one, for operators that know only a few axes.
struct MergedAxes {
    /// The runs, in order; together all axes.
    private(set) var groups: [Range<Int>] = []

    /// Merges neighbours of equal `key`; an axis without key joins any run.
    init(rank: Int, key: (Int) -> Int?) {
        var runKey: Int?
        for axis in 0..<rank {
            let axisKey = key(axis)
            if let run = groups.last, axisKey == nil || runKey == nil || axisKey == runKey {
                groups[groups.count - 1] = run.lowerBound..<axis + 1
            } else {
                groups.append(axis..<axis + 1)
                runKey = nil
            }
            runKey = runKey ?? axisKey
        }
    }

    /// The extents of the runs; free where one of a run is.
    func shape(_ shape: Shape) -> Shape {
        Shape(
            groups.map { group in
                let dims = shape.dims[group]
                return dims.contains(Shape.free) ? Shape.free : dims.reduce(1, *)
            })
    }
}

extension NodeLowering {
    /// Lowers an operator of one input that knows `limit` axes.
    ///
    /// Where the input has more, neighbours of equal `key` are merged around it. `body` gets the tensors to read and to
    /// make, and for each axis of theirs the axes of the node.
    ///
    /// - Parameter result: the result's extents for all axes of the input; by default those of the node's output.
    func lowerMergingAxes(
        limit: Int, key: (Int) -> Int?, result: Shape? = nil,
        _ body: (_ input: Int, _ output: Int, _ groups: [Range<Int>]) throws -> Void
    ) throws {
        let type = inputType(0)
        guard type.shape.rank > limit else {
            return try body(input(0), output, (0..<type.shape.rank).map { $0..<$0 + 1 })
        }
        let merged = try mergedAxes(rank: type.shape.rank, limit: limit, key: key)
        let made = step(
            GraphIR.TensorType(outputType.dtype, merged.shape(result ?? outputType.shape)),
            role: "result")
        try body(reshapedInput(0, merged.shape(type.shape)), made, merged.groups)
        try emitReshape(made, to: outputType.shape)
    }

    /// Lowers an operator of broadcasting inputs that broadcasts `limit` axes.
    ///
    /// Beyond that, runtimes end the process or compute nonsense. Neighbours along which the same inputs are repeated are
    /// merged around the operator; where that is not enough, the inputs are repeated first.
    func lowerBroadcasting(
        limit: Int, _ body: (_ inputs: [Int], _ output: Int) -> Void
    ) throws {
        let result = outputType.shape
        let shapes = node.inputs.indices.map { inputType($0).shape }
        if result.rank <= limit || shapes.allSatisfy({ $0 == result }) {
            return body(inputs, output)
        }
        let aligned = shapes.map {
            Shape([Int](repeating: 1, count: result.rank - $0.rank) + $0.dims)
        }
        let merged = MergedAxes(rank: result.rank) { axis in
            guard result.dims[axis] != 1 else { return nil }
            return aligned.reduce(0) { $0 * 2 + ($1.dims[axis] == 1 ? 1 : 0) }
        }
        guard merged.groups.count <= limit else {
            return body(try broadcastInputs(), output)
        }
        let sources = try aligned.indices.map { try reshapedInput($0, merged.shape(aligned[$0])) }
        let made = step(
            GraphIR.TensorType(outputType.dtype, merged.shape(result)), role: "result")
        body(sources, made)
        try emitReshape(made, to: result)
    }

    /// The inputs, repeated to the shape of the output where they are smaller.
    private func broadcastInputs() throws -> [Int] {
        let result = outputType.shape
        guard result.isStatic else {
            throw needsKnownSize("broadcasting to \(result) needs known sizes")
        }
        return node.inputs.indices.map { index in
            let type = inputType(index)
            if type.shape == result { return input(index) }
            return emitStep(
                .broadcastTo, [input(index), integers(result.dims, role: "shape")],
                GraphIR.TensorType(type.dtype, result), EmptyOptions.broadcastTo)
        }
    }

    /// An input under another shape.
    func reshapedInput(_ index: Int, _ shape: Shape) throws -> Int {
        if let constant = constant(index) {
            return parameter(constant.reshaped(shape), role: "\(node.layer)/merged")
        }
        let result = step(GraphIR.TensorType(inputType(index).dtype, shape), role: "merged")
        try emitReshape(input(index), to: shape, output: result)
        return result
    }

    /// The runs of axes of equal key, at most `limit`.
    func mergedAxes(rank: Int, limit: Int, key: (Int) -> Int?) throws -> MergedAxes {
        let merged = MergedAxes(rank: rank, key: key)
        guard merged.groups.count <= limit else {
            throw unsupported("it has \(rank) dimensions, of which \(limit) are possible")
        }
        return merged
    }
}
