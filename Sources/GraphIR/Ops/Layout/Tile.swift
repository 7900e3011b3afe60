import Tensors

/// The input repeated `multiples[k]` times along axis k.
package struct Tile: OpPayload {
    package static let name = "tile"
    package var multiples: [Int]

    package init(_ multiples: [Int]) {
        self.multiples = multiples
    }

    package var op: Op { .tile(self) }

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
}
