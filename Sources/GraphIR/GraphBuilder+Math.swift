import Tensors

extension GraphBuilder {
    /// a + b, broadcasting.
    package func add(_ a: ValueID, _ b: ValueID) throws -> ValueID {
        try binary(.add, a, b)
    }

    /// a − b, broadcasting.
    package func subtract(_ a: ValueID, _ b: ValueID) throws -> ValueID {
        try binary(.subtract, a, b)
    }

    /// a · b, broadcasting.
    package func multiply(_ a: ValueID, _ b: ValueID) throws -> ValueID {
        try binary(.multiply, a, b)
    }

    /// a / b, broadcasting.
    package func divide(_ a: ValueID, _ b: ValueID) throws -> ValueID {
        try binary(.divide, a, b)
    }

    /// A function of two inputs, broadcasting.
    package func binary(_ kind: Binary.Kind, _ a: ValueID, _ b: ValueID) throws -> ValueID {
        try add(.binary(Binary(kind)), [a, b], role: kind.rawValue)
    }

    /// A function of two inputs, the second being a number.
    package func binary(_ kind: Binary.Kind, _ a: ValueID, _ b: Double) throws -> ValueID {
        try binary(kind, a, scalar(b, like: a))
    }

    /// A function of each element.
    package func unary(_ kind: Unary.Kind, _ x: ValueID) throws -> ValueID {
        try add(.unary(Unary(kind)), [x], role: kind.rawValue)
    }

    /// A reduction over `axes`, counted from the front.
    package func reduce(
        _ kind: Reduce.Kind, _ x: ValueID, axes: [Int], keepDimensions: Bool = false
    ) throws -> ValueID {
        try add(
            .reduce(Reduce(kind, axes: axes.sorted(), keepDimensions: keepDimensions)), [x],
            role: kind.rawValue)
    }

    /// The softmax over an axis, counted from the front.
    package func softmax(_ x: ValueID, axis: Int) throws -> ValueID {
        try alongLastAxis(x, axis: axis) { try add(.softmax(Softmax()), [$0]) }
    }

    /// Applies `body`, which works along the last axis, along another one.
    package func alongLastAxis(
        _ x: ValueID, axis: Int, _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        let rank = shape(of: x).rank
        guard axis != rank - 1 else { return try body(x) }
        var permutation = Array(0..<rank)
        permutation.swapAt(axis, rank - 1)
        return try transpose(body(transpose(x, permutation)), permutation)
    }
}
