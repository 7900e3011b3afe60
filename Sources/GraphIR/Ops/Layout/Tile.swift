import Tensors

/// The input repeated `multiples[k]` times along axis k.
package struct Tile: PlainOperation {
    package static let kind = OpKind.tile
    package var multiples: [Int]

    package init(_ multiples: [Int]) {
        self.multiples = multiples
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(eachAxis: "multiples", &multiples)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            multiples.count == x.rank && multiples.allSatisfy { $0 >= 1 },
            "\(Self.name): \(multiples) does not fit \(x)")
        let dims = try zip(x.dims, multiples).map { dim, multiple in
            guard dim != Shape.free else { return dim }
            let (size, overflow) = dim.multipliedReportingOverflow(by: multiple)
            try Check.require(!overflow, "\(Self.name): \(multiples) is too large")
            return size
        }
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { multiples[$0] != 1 }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { true }

    // The reference kernels have no version for integers.
    package var quantizationRule: QuantizationRule { .floatOnly }
}
