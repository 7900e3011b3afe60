import GraphIR
import Problems
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

    /// The extents of the runs; free if one of a run is.
    func shape(_ shape: Shape) -> Shape { shape.merging(groups) }
}

extension Shape {
    /// The products of the extents in each run of axes; free if one of a run is.
    func merging(_ runs: [Range<Int>]) -> Shape {
        Shape(
            runs.map { run in
                let dims = dims[run]
                return dims.contains(Shape.free) ? Shape.free : dims.reduce(1, *)
            })
    }
}

extension GraphWriter {
    /// A value under another shape, in which one extent may be free.
    ///
    /// - Throws: `Problem.Kind.unsupported` if several extents are free.
    func reshape(_ x: ValueID, to shape: Shape, role: String) throws -> ValueID {
        if let constant = storedConstant(of: x) {
            return self.constant(constant.reshaped(shape), role: role)
        }
        guard shape.dims.count(where: { $0 == Shape.free }) <= 1 else {
            throw Problem.unknownSizes(ofReshape: "to \(shape)", layer: layer)
        }
        return try add(Reshape(shape.dims).op, [x], role: role)
    }
}
