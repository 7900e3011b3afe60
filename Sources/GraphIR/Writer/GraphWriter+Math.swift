import Problems
import Tensors

extension GraphWriter {
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

    /// The softmax over several axes together, laid out as one.
    package func softmax(_ x: ValueID, axes: [Int]) throws -> ValueID {
        if axes.count == 1 { return try softmax(x, axis: axes[0]) }
        let shape = shape(of: x)
        let kept = shape.dims.indices.filter { !axes.contains($0) }
        let permutation = kept + axes
        let moved = try transpose(x, permutation)
        let sizes = Shape(axes.map { shape.dims[$0] })
        let count =
            sizes.isStatic
            ? Extent.known(
                try sizes.dims.reduce(1) {
                    try checkedProduct($0, $1, "the number of softmax elements")
                })
            : .rest
        let flat = try reshape(moved, kept.map { extent($0, of: x) } + [count])
        let y = try reshape(
            softmax(flat, axis: kept.count), permutation.map { extent($0, of: x) })
        let inverse = shape.dims.indices.map { permutation.firstIndex(of: $0) ?? $0 }
        return try transpose(y, inverse)
    }

    /// Ones in the shape of x, as 32-bit floats.
    package func ones(like x: ValueID) throws -> ValueID {
        let shape = shape(of: x)
        if shape.isStatic { return constant(.filled(1, shape), role: "ones") }
        let isLess = try binary(.less, floating(x), floating(x))
        return try binary(.add, cast(isLess, to: .float32), 1)
    }

    /// The products of all elements up to each one along an axis, itself only if they are not exclusive.
    package func runningProduct(
        _ x: ValueID, axis: Int, isExclusive: Bool = false
    ) throws -> ValueID {
        let extent = try shape(of: x).knownExtent(axis)
        guard extent <= 256 else {
            throw Problem(.tooLarge(what: "a running product", value: "\(extent)"))
        }
        let elements = try (0..<extent).map { try slice(x, axis: axis, from: $0, count: 1) }
        guard let first = elements.first else { return x }
        var products = [isExclusive ? try ones(like: first) : first]
        for element in isExclusive ? elements.dropLast() : elements.dropFirst() {
            products.append(try multiply(products[products.count - 1], element))
        }
        return try concatenate(products, axis: axis)
    }
}
