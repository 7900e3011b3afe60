import Tensors

/// An extent of the output of an operation that takes extents from its inputs at run time.
package enum TargetExtent: Sendable, Hashable {
    case known(Int)
    case axis(Int, ofInput: Int)
    /// What the others leave.
    case rest

    /// The size for certain inputs; free if it is left over or not known.
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

extension TargetExtent: Attribute {
    /// `[n]`, `[input, axis]`, or `[-1]` for what the others leave.
    package var text: AttributeText {
        switch self {
        case .known(let extent): [extent].text
        case .axis(let axis, let input): [input, axis].text
        case .rest: [-1].text
        }
    }

    package init?(_ text: AttributeText) {
        guard let entry = [Int](text), entry.count == 1 || entry.count == 2 else { return nil }
        if entry.count == 2 {
            self = .axis(entry[1], ofInput: entry[0])
        } else {
            self = entry[0] < 0 ? .rest : .known(entry[0])
        }
    }
}
