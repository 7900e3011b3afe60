import GraphIR
import Problems
import Tensors

extension LayerTensor {
    /// How elements along some axes become one.
    public enum Reduction: String, Sendable {
        case sum = "Sum"
        case mean = "Mean"
        case max = "Max"
        case min = "Min"
        case product = "Prod"
        case variance = "Var"
    }

    /// The elements under another shape, batch first; one extent may be −1, and the first one too.
    public func reshaped(to shape: [Int]) throws(LayerError) -> LayerTensor {
        try operation("Reshape", ["newshape": ConfigurationValue(shape)])
    }

    /// The axes in another order.
    public func transposed(_ order: [Int]) throws(LayerError) -> LayerTensor {
        try operation("Transpose", ["axes": ConfigurationValue(order)])
    }

    /// An axis of extent 1 more, at a place of the result.
    public func expanded(at axis: Int) throws(LayerError) -> LayerTensor {
        try operation("ExpandDims", ["axis": .int(axis)])
    }

    /// An axis of extent 1 less.
    public func squeezed(at axis: Int) throws(LayerError) -> LayerTensor {
        try operation("Squeeze", ["axis": .int(axis)])
    }

    /// This tensor and others, one after the other along an axis.
    public func concatenated(with others: [LayerTensor], axis: Int = -1) throws(LayerError)
        -> LayerTensor
    {
        try operation("Concatenate", with: others, ["axis": .int(axis)])
    }

    /// Parts of equal extent along an axis.
    public func split(into count: Int, axis: Int = -1) throws(LayerError) -> [LayerTensor] {
        try operations("Split", ["indices_or_sections": .int(count), "axis": .int(axis)])
    }

    /// The elements of a range along one axis; the others stay.
    public func sliced(axis: Int, from begin: Int, count: Int) throws(LayerError) -> LayerTensor {
        let extents = Shape(shape)
        guard let position = extents.normalizedAxis(axis), begin >= 0, count >= 0 else {
            throw LayerError(
                Problem(
                    .invalidShape(
                        "a slice of \(count) from \(begin) along axis \(axis) of \(extents) is outside"
                    )))
        }
        return try LayerError.wrapping {
            let value = try scope.builder.slice(
                id(in: scope), axis: position, from: begin, count: count)
            return LayerTensor(value, in: scope)
        }
    }

    /// More elements of one value before and after, a pair for each axis.
    public func padded(_ amounts: [(before: Int, after: Int)], value: Double = 0) throws(LayerError)
        -> LayerTensor
    {
        let pairs = amounts.map { PadAmount($0.before, $0.after) }
        return try LayerError.wrapping {
            LayerTensor(
                try scope.builder.pad(id(in: scope), pairs, value: Float(value)), in: scope)
        }
    }

    /// One element instead of all along the axes.
    public func reduced(
        _ reduction: Reduction, axes: [Int], keepsAxes: Bool = false
    ) throws(LayerError) -> LayerTensor {
        try operation(
            reduction.rawValue,
            ["axis": ConfigurationValue(axes), "keepdims": .bool(keepsAxes)])
    }

    /// The parts of this tensor along an axis that integers pick.
    public func gathered(_ indices: LayerTensor, axis: Int) throws(LayerError) -> LayerTensor {
        try operation("Take", with: [indices], ["axis": .int(axis)])
    }

    /// The elements as another type; floats lose their fraction as integers.
    public func cast(to element: Element) throws(LayerError) -> LayerTensor {
        try operation("Cast", ["dtype": .string(element.rawValue)])
    }
}
