/// The steps whose multiples the elements of a constant are, or to which they were rounded while a model was trained.
///
/// A step is positive. The grid follows a constant through its views, as factors do.
package struct IntegerGrid: Sendable, Hashable {
    /// Where a grid comes from.
    package enum Origin: Sendable, Hashable {
        /// Training rounded elements that the file holds as they are.
        case training
        /// The file holds integers; whether its layer rounds what it multiplies by them, too.
        case file(roundsInputs: Bool)
    }

    package let origin: Origin
    /// The width of the integers.
    package let bits: Int
    /// Neighbouring axes whose elements have steps of their own; nil if one step holds for all.
    package let axes: Range<Int>?
    /// The steps, row-major over the axes.
    package let steps: [Double]

    /// Nil if a step is not a positive number, or there are not as many as the axes have elements.
    package init?(
        _ origin: Origin, bits: Int, axes: Range<Int>?, of shape: Shape, steps: [Double]
    ) {
        self.init(origin: origin, bits: bits, axes: axes, steps: steps)
        let count = axes.map { Self.count(shape.dims[$0]) } ?? 1
        guard count == steps.count else { return nil }
    }

    private init?(origin: Origin, bits: Int, axes: Range<Int>?, steps: [Double]) {
        guard steps.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        self.origin = origin
        self.bits = bits
        self.axes = axes
        self.steps = steps
    }

    private static func count(_ dims: some Sequence<Int>) -> Int { dims.reduce(1, *) }

    /// The grid of a permuted constant; nil if the axes of the steps are no longer neighbours in their order.
    func permuted(_ order: [Int]) -> IntegerGrid? {
        guard let axes else { return self }
        guard let first = order.firstIndex(of: axes.lowerBound), first + axes.count <= order.count,
            Array(order[first..<first + axes.count]) == Array(axes)
        else { return nil }
        return IntegerGrid(
            origin: origin, bits: bits, axes: first..<first + axes.count, steps: steps)
    }

    /// The grid of a part of a constant; nil if it cuts through several axes of steps.
    func sliced(_ range: Range<Int>, axis: Int) -> IntegerGrid? {
        guard let axes, axes.contains(axis) else { return self }
        guard axes.count == 1 else { return nil }
        return IntegerGrid(origin: origin, bits: bits, axes: axes, steps: Array(steps[range]))
    }

    /// The grid of a constant multiplied along an axis; nil if the steps then vary along other axes than before.
    func scaled(by factors: [Double], axis: Int) -> IntegerGrid? {
        let magnitudes = factors.map { abs($0) }
        if let first = magnitudes.first, magnitudes.allSatisfy({ $0 == first }) {
            return IntegerGrid(
                origin: origin, bits: bits, axes: axes, steps: steps.map { $0 * first })
        }
        guard let axes else {
            return IntegerGrid(
                origin: origin, bits: bits, axes: axis..<axis + 1,
                steps: magnitudes.map { $0 * steps[0] })
        }
        guard axes == axis..<axis + 1 else { return nil }
        return IntegerGrid(
            origin: origin, bits: bits, axes: axes, steps: zip(steps, magnitudes).map { $0 * $1 })
    }

    /// The grid of a constant of the same elements under another shape; nil if no axes of it have the steps.
    func reshaped(from shape: Shape, to target: Shape) -> IntegerGrid? {
        guard let axes else { return self }
        let before = Self.count(shape.dims[..<axes.lowerBound])
        let inside = Self.count(shape.dims[axes])
        for first in 0...target.rank where Self.count(target.dims[..<first]) == before {
            for end in first...target.rank
            where Self.count(target.dims[first..<end]) == inside && end > first {
                return IntegerGrid(origin: origin, bits: bits, axes: first..<end, steps: steps)
            }
        }
        return nil
    }

    /// The storage whose integers are those of the grid, for elements of `shape` with a scale for each slice along an axis;
    /// nil if the steps do not vary along that axis alone.
    ///
    /// - Parameters:
    ///   - axis: nil for one scale.
    ///   - exceeds: whether an element lies beyond the integers, which then needs scales along an axis to be cut off.
    package func storage(
        along axis: Int?, of shape: Shape, exceeds: Bool
    ) -> (scales: [Float], axis: Int?)? {
        let scales = steps.map { Float($0) }
        guard scales.allSatisfy({ $0 >= .leastNormalMagnitude && $0.isFinite }) else { return nil }
        guard let axes else {
            guard exceeds else { return ([scales[0]], nil) }
            return axis.map { ([Float](repeating: scales[0], count: shape.dims[$0]), $0) }
        }
        guard let axis, axes.contains(axis), shape.dims[axis] == steps.count else { return nil }
        return (scales, axis)
    }
}

extension Constant {
    /// The same elements with the steps whose multiples they are, or were rounded to in training.
    package func onGrid(_ grid: IntegerGrid?) -> Constant {
        var view = self
        view.grid = grid
        return view
    }
}
