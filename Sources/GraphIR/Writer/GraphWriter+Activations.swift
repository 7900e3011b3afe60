import Problems
import Tensors

/// Activations that are made of several operations.
extension GraphWriter {
    /// ln(1 + eˣ), which rounds to x long before the exponential function overflows.
    package func softplus(_ x: ValueID) throws -> ValueID {
        let growth = try unary(.exp, binary(.minimum, x, 20))
        // The second operand of the runtime's maximum is the one that stays if it is NaN.
        return try binary(.maximum, unary(.log, binary(.add, growth, 1)), x)
    }

    /// ln σ(x), which rounds to x long before σ(x) vanishes.
    package func logSigmoid(_ x: ValueID) throws -> ValueID {
        let bounded = try unary(.sigmoid, binary(.maximum, x, -20))
        return try binary(.minimum, unary(.log, bounded), x)
    }

    /// x · tanh(ln(1 + eˣ)); the hyperbolic tangent is 1 long before the exponential function overflows.
    package func mish(_ x: ValueID) throws -> ValueID {
        let growth = try unary(.log, binary(.add, unary(.exp, x), 1))
        return try multiply(x, unary(.tanh, growth))
    }

    /// x / (1 + |x|).
    package func softsign(_ x: ValueID) throws -> ValueID {
        try divide(x, binary(.add, unary(.abs, x), 1))
    }

    /// x for x > 0, α (eˣ − 1) elsewhere.
    package func elu(_ x: ValueID, alpha: Double) throws -> ValueID {
        if alpha == 0 { return try unary(.relu, x) }
        let y = try unary(.elu, x)
        return alpha == 1 ? y : try add(.leakyReLU(LeakyReLU(alpha: Float(alpha))), [y])
    }

    /// λ · elu(x, α) with the constants of self-normalizing networks.
    package func selu(_ x: ValueID) throws -> ValueID {
        try binary(.multiply, elu(x, alpha: 1.6732632423543772), 1.0507009873554805)
    }

    /// slope · x + offset, limited to [0, 1].
    package func clippedLine(_ x: ValueID, slope: Double, offset: Double) throws -> ValueID {
        try unary(.relu0To1, binary(.add, binary(.multiply, x, slope), offset))
    }

    /// x limited to [lower, upper].
    package func clamp(_ x: ValueID, from lower: Double, to upper: Double) throws -> ValueID {
        switch (lower, upper) {
        case (0, 6): try unary(.relu6, x)
        case (0, 1): try unary(.relu0To1, x)
        case (-1, 1): try unary(.reluN1To1, x)
        default: try binary(.minimum, binary(.maximum, x, lower), upper)
        }
    }

    /// x where |x| > ½, 0 elsewhere.
    package func hardShrink(_ x: ValueID) throws -> ValueID {
        let isFar = try binary(.greater, unary(.abs, x), 0.5)
        return try add(.select(Select()), [isFar, x, scalar(0, like: x)])
    }

    /// (x + √(x² + 4)) / 2.
    package func squareplus(_ x: ValueID) throws -> ValueID {
        let root = try unary(.sqrt, binary(.add, unary(.square, x), 4))
        return try binary(.multiply, add(x, root), 0.5)
    }

    /// 0 up to −1, (x + 1)² / 4 up to 1, x beyond: with c = clamp(x, −1, 1), (c + 1)² / 4 + max(x − 1, 0).
    package func sparsePlus(_ x: ValueID) throws -> ValueID {
        let bend = try unary(.square, binary(.add, unary(.reluN1To1, x), 1))
        let line = try unary(.relu, binary(.subtract, x, 1))
        return try add(binary(.multiply, bend, 0.25), line)
    }

    /// a · σ(b), a and b being the halves of x along an axis.
    package func gatedLinearUnit(_ x: ValueID, axis: Int) throws -> ValueID {
        let extent = try shape(of: x).knownExtent(axis)
        guard extent % 2 == 0 else {
            throw Problem(.invalidShape("glu splits an axis of \(extent) elements in two"))
        }
        let a = try slice(x, axis: axis, from: 0, count: extent / 2)
        let b = try slice(x, axis: axis, from: extent / 2, count: extent / 2)
        return try multiply(a, unary(.sigmoid, b))
    }

    /// max(x − τ, 0) along an axis, τ being what Keras takes for the threshold of the sparsemax.
    ///
    /// With z the elements in descending order and cₖ their running sums, the support is where zₖ > (cₖ − 1) / k, and
    /// τ = (Σ cₖ − 1) / n over its n elements.
    package func sparsemax(_ x: ValueID, axis: Int) throws -> ValueID {
        try thresholded(x, axis: axis) { _, sums in sums }
    }

    /// The point of the simplex nearest to x along an axis, max(x − τ, 0) with τ = (Σ zₖ − 1) / n over the support.
    package func simplexProjection(_ x: ValueID, axis: Int) throws -> ValueID {
        try thresholded(x, axis: axis) { sorted, _ in sorted }
    }

    /// max(x − τ, 0) with τ from the sum of `terms` of the sorted elements and their running sums over the support.
    private func thresholded(
        _ x: ValueID, axis: Int, terms: (_ sorted: ValueID, _ sums: ValueID) -> ValueID
    ) throws -> ValueID {
        try alongLastAxis(x, axis: axis) { x in
            let last = shape(of: x).rank - 1
            let count = try shape(of: x).knownExtent(last)
            let sorted = try addMulti(.topK(TopK(k: count)), [x])[0]
            let sums = try add(.cumulativeSum(CumulativeSum(axis: last)), [sorted])
            let counts = constant(Constant((1...count).map(Double.init), [count]), role: "counts")
            let bound = try divide(binary(.subtract, sums, 1), counts)
            let isInside = try binary(.greater, subtract(sorted, bound), 0)
            let flags = try cast(isInside, to: .float32)
            let total = try reduce(
                .sum, select(isInside, terms(sorted, sums), scalar(0, like: sums)), axes: [last],
                keepDimensions: true)
            let size = try reduce(.sum, flags, axes: [last], keepDimensions: true)
            let threshold = try divide(binary(.subtract, total, 1), size)
            return try unary(.relu, subtract(x, threshold))
        }
    }

    /// x + (1 − cos 2fx) / 2f.
    package func snake(_ x: ValueID, frequency: Double) throws -> ValueID {
        let wave = try unary(.cos, binary(.multiply, x, 2 * frequency))
        let rise = try binary(.multiply, subtract(scalar(1, like: x), wave), 0.5 / frequency)
        return try add(x, rise)
    }

    /// What the `ReLU` layer computes.
    ///
    ///     min(x, maximum)             for x > threshold
    ///     slope · (x − threshold)     elsewhere
    package func rectify(
        _ x: ValueID, maximum: Double? = nil, slope: Double = 0, threshold: Double = 0
    ) throws -> ValueID {
        var y: ValueID
        if threshold == 0 {
            if slope == 0, let maximum, maximum > 0 { return try clamp(x, from: 0, to: maximum) }
            y =
                slope == 0
                ? try unary(.relu, x)
                : try add(.leakyReLU(LeakyReLU(alpha: Float(slope))), [x])
        } else {
            let isAbove = try binary(.greater, x, threshold)
            let below =
                slope == 0
                ? scalar(0, like: x)
                : try binary(.multiply, binary(.subtract, x, threshold), slope)
            y = try add(.select(Select()), [isAbove, x, below])
        }
        if let maximum { y = try binary(.minimum, y, maximum) }
        return y
    }
}
