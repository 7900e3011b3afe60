extension FastKernels {
    /// Running sums along the middle of `[outer, count, inner]`.
    ///
    /// `exclusive` leaves each element out of its own sum; `reverse` sums from the end.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func cumulativeSum<Element: ArithmeticElement>(
        outer: Int, count: Int, inner: Int, exclusive: Bool, reverse: Bool,
        input: UnsafePointer<Element>, output: UnsafeMutablePointer<Element>, threads: Int = 1
    ) {
        guard count > 0, inner > 0 else { return }
        let (step, start) = reverse ? (-inner, (count - 1) * inner) : (inner, 0)
        let together = inner == 1 ? 4 : 1
        let groups = (outer + together - 1) / together
        let grain = 16384 / (count * inner * together) + 1
        Parallel.forEachPart(of: groups, threads: threads, grain: grain) { part in
            for row in stride(
                from: part.lowerBound * together, to: min(part.upperBound * together, outer),
                by: together)
            {
                let first = row * count * inner + start
                let (source, target) = (input + first, output + first)
                if inner > 1 {
                    sumColumns(count, inner, step, exclusive, source, target)
                } else if row + 4 <= outer {
                    sumFourRows(count, count, step, exclusive, source, target)
                } else {
                    for last in 0..<outer - row {
                        sumRow(
                            count, step, exclusive, source + last * count, target + last * count)
                    }
                }
            }
        }
    }

    /// Adds row by row; a row's sums come from those of the row before.
    @inline(__always)
    private static func sumColumns<Element: ArithmeticElement>(
        _ count: Int, _ inner: Int, _ step: Int, _ exclusive: Bool,
        _ source: UnsafePointer<Element>, _ target: UnsafeMutablePointer<Element>
    ) {
        if exclusive {
            target.update(repeating: .zero, count: inner)
        } else {
            for column in 0..<inner { target[column] = Element.sum(.zero, source[column]) }
        }
        for index in 1..<max(count, 1) {
            let (sums, before) = (target + index * step, target + (index - 1) * step)
            let values = source + (exclusive ? index - 1 : index) * step
            for column in 0..<inner { sums[column] = Element.sum(before[column], values[column]) }
        }
    }

    @inline(__always)
    private static func sumRow<Element: ArithmeticElement>(
        _ count: Int, _ step: Int, _ exclusive: Bool, _ source: UnsafePointer<Element>,
        _ target: UnsafeMutablePointer<Element>
    ) {
        var sum = Element.zero
        for index in 0..<count {
            let next = Element.sum(sum, source[index * step])
            target[index * step] = exclusive ? sum : next
            sum = next
        }
    }

    /// Four rows at once, since each sum waits for the one before.
    @inline(__always)
    private static func sumFourRows<Element: ArithmeticElement>(
        _ count: Int, _ rowStride: Int, _ step: Int, _ exclusive: Bool,
        _ source: UnsafePointer<Element>, _ target: UnsafeMutablePointer<Element>
    ) {
        var (a, b, c, d) = (Element.zero, Element.zero, Element.zero, Element.zero)
        var position = 0
        for _ in 0..<count {
            let before = (a, b, c, d)
            a = Element.sum(a, source[position])
            b = Element.sum(b, source[position + rowStride])
            c = Element.sum(c, source[position + 2 * rowStride])
            d = Element.sum(d, source[position + 3 * rowStride])
            let sums = exclusive ? before : (a, b, c, d)
            target[position] = sums.0
            target[position + rowStride] = sums.1
            target[position + 2 * rowStride] = sums.2
            target[position + 3 * rowStride] = sums.3
            position += step
        }
    }
}
