import GraphIR
import TFLiteFormat
import Tensors

/// Runs of neighbouring axes that an operator treats as one, for operators that know only a few axes.
struct MergedAxes {
    /// The runs, in order; together all axes.
    let groups: [Range<Int>]

    /// Merges neighbours in `shape` that are both free of a parameter of their own.
    init(_ shape: Shape, hasParameter: (Int) -> Bool) {
        var groups: [Range<Int>] = []
        for axis in shape.dims.indices {
            if let last = groups.last, !hasParameter(axis), !hasParameter(last.lowerBound) {
                groups[groups.count - 1] = last.lowerBound..<axis + 1
            } else {
                groups.append(axis..<axis + 1)
            }
        }
        self.groups = groups
    }

    private init(groups: [Range<Int>]) {
        self.groups = groups
    }

    /// Every axis for itself.
    static func unmerged(_ rank: Int) -> MergedAxes {
        MergedAxes(groups: (0..<rank).map { $0..<$0 + 1 })
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
    /// Where the input has more, axes without parameter are merged around it. `body` gets the tensors to read and to
    /// make, and for each axis of theirs the axes of the node.
    func lowerMergingAxes(
        limit: Int, hasParameter: (Int) -> Bool,
        _ body: (_ input: Int, _ output: Int, _ groups: [Range<Int>]) throws -> Void
    ) throws {
        let type = inputType(0)
        guard type.shape.rank > limit else {
            return try body(input(0), output, MergedAxes.unmerged(type.shape.rank).groups)
        }
        let merged = MergedAxes(type.shape, hasParameter: hasParameter)
        guard merged.groups.count <= limit else {
            throw unsupported("\(type.shape) has more than \(limit) dimensions")
        }
        let source = step(
            GraphIR.TensorType(type.dtype, merged.shape(type.shape)), role: "merged")
        try emitReshape(input(0), to: merged.shape(type.shape), output: source)
        let result = step(
            GraphIR.TensorType(outputType.dtype, merged.shape(outputType.shape)), role: "result")
        try body(source, result, merged.groups)
        try emitReshape(result, to: outputType.shape)
    }
}
