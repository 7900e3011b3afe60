import Tensors

/// An extent of the output of an operation that takes extents from its inputs at run time.
package enum TargetExtent: Sendable, Hashable {
    case known(Int)
    case axis(Int, ofInput: Int)
    /// What the others leave.
    case rest

    /// The extent from its attribute: `[n]`, `[input, axis]`, or `[-1]`.
    init(entry: [Int]) {
        if entry.count == 2 {
            self = .axis(entry[1], ofInput: entry[0])
        } else {
            self = entry.first.map { $0 < 0 ? .rest : .known($0) } ?? .rest
        }
    }

    /// The attribute that stands for the extent.
    var entry: [Int] {
        switch self {
        case .known(let extent): [extent]
        case .axis(let axis, let input): [input, axis]
        case .rest: [-1]
        }
    }

    /// The size for certain inputs; free where it is left over or not known.
    func size(for inputs: [TensorType], _ name: String) throws -> Int {
        switch self {
        case .known(let extent): return extent
        case .rest: return Shape.free
        case .axis(let axis, let input):
            try Check.require(
                inputs.indices.contains(input)
                    && inputs[input].shape.dims.indices.contains(axis),
                "\(name): there is no axis \(axis) of input \(input)")
            return inputs[input].shape.dims[axis]
        }
    }
}
