import Problems
import Tensors

extension GraphWriter {
    /// The elements under another shape, in which extents may be −1.
    ///
    /// Of several unknown extents, those that stay at the front and the end have to be those of x.
    package func reshape(_ x: ValueID, _ shape: [Int]) throws -> ValueID {
        let dims = self.shape(of: x).dims
        if dims == shape { return x }
        if shape.count(where: { $0 == Shape.free }) <= 1 {
            return try add(.reshape(Reshape(shape)), [x])
        }
        guard let extents = Extent.keeping(dims, of: x, in: shape) else {
            throw Problem.unknownSizes(ofReshape: "to \(Shape(shape))", layer: layer)
        }
        return try reshape(x, extents)
    }

    /// The axes in another order; the identity adds nothing.
    package func transpose(_ x: ValueID, _ permutation: [Int]) throws -> ValueID {
        if permutation == Array(0..<shape(of: x).rank) { return x }
        return try add(.transpose(Transpose(permutation)), [x])
    }

    /// Inserts an axis of extent 1 before `axis`.
    package func expandDimension(_ x: ValueID, at axis: Int) throws -> ValueID {
        var extents = extents(of: x)
        extents.insert(.known(1), at: axis)
        return try reshape(x, extents)
    }

    /// Drops an axis of extent 1.
    package func squeezeDimension(_ x: ValueID, at axis: Int) throws -> ValueID {
        var extents = extents(of: x)
        extents.remove(at: axis)
        return try reshape(x, extents)
    }

    /// The inputs one after the other along `axis`, counted from the front.
    package func concatenate(_ inputs: [ValueID], axis: Int) throws -> ValueID {
        if inputs.count == 1 { return inputs[0] }
        return try add(.concatenate(Concatenate(axis: axis)), inputs)
    }

    /// Zeros before and after each axis; none adds nothing.
    package func pad(_ x: ValueID, _ amounts: [PadAmount], value: Float = 0) throws -> ValueID {
        if amounts.areNone { return x }
        return try add(.pad(Pad(amounts, value: value)), [x])
    }

    /// The inputs with axes of extent 1 after the first, so that all have the largest rank.
    package func alignedRanks(_ inputs: [ValueID]) throws -> [ValueID] {
        let rank = inputs.map { shape(of: $0).rank }.max() ?? 0
        return try inputs.map { input in
            let dims = shape(of: input).dims
            guard dims.count < rank else { return input }
            let ones = [Int](repeating: 1, count: rank - dims.count)
            return try reshape(input, Array(dims.prefix(1)) + ones + dims.dropFirst())
        }
    }

    /// Tensors of one shape one after the other along a new axis.
    package func stacked(_ inputs: [ValueID], axis: Int) throws -> ValueID {
        try concatenate(
            commonType(inputs, float: false).map { try expandDimension($0, at: axis) }, axis: axis)
    }

    /// Tensors of any numeric types one after the other.
    package func joined(_ inputs: [ValueID], axis: Int) throws -> ValueID {
        try concatenate(
            commonType(inputs, float: false), axis: shape(of: inputs[0]).checkedAxis(axis))
    }

    /// `[N, C, spatial…]` as `[N, spatial…, C]`.
    package func channelsLast(from x: ValueID) throws -> ValueID {
        let rank = shape(of: x).rank
        return try transpose(x, [0] + Array(2..<rank) + [1])
    }

    /// `[N, spatial…, C]` as `[N, C, spatial…]`.
    package func channelsFirst(from x: ValueID) throws -> ValueID {
        let rank = shape(of: x).rank
        return try transpose(x, [0, rank - 1] + Array(1..<rank - 1))
    }

    /// Applies `body`, which works on `[N, 1, W, C]`, to `[N, W, C]`.
    package func asImageRow(_ x: ValueID, _ body: (ValueID) throws -> ValueID) throws -> ValueID {
        try squeezeDimension(body(expandDimension(x, at: 1)), at: 1)
    }
}
