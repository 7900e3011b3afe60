/// How integers stand for real numbers.
///
///     real    = scale · (integer − zeroPoint)
///     integer = round(real / scale) + zeroPoint, limited to the range of the type
///
/// The quotient is rounded to single precision and then to the nearest integer, halves away from zero, as QUANTIZE does in
/// LiteRT. One scale holds for the whole tensor, or one for each slice along an axis, or one for each block of a row.
package struct QuantizationParameters: Sendable, Hashable {
    /// The scales; positive and finite.
    package let scales: [Float]
    /// The integers that stand for 0, as many as scales.
    package let zeroPoints: [Int]
    /// The axis whose slices have a scale each; nil if one scale holds for all elements.
    package let axis: Int?
    /// The neighbours in a row of a matrix that share a scale, if rows have several; `axis` is then 0.
    package let blockLength: Int?

    /// One scale for all elements.
    package init(scale: Float, zeroPoint: Int = 0) {
        scales = [scale]
        zeroPoints = [zeroPoint]
        axis = nil
        blockLength = nil
    }

    /// One scale for each slice along `axis`.
    package init(scales: [Float], zeroPoints: [Int], axis: Int) {
        self.scales = scales
        self.zeroPoints = zeroPoints
        self.axis = axis
        blockLength = nil
    }

    /// One scale for each block of `length` neighbours in a row of a matrix, `[rows, blocks of a row]`; the integer 0 stands
    /// for 0.
    package init(blockScales: [Float], length: Int) {
        scales = blockScales
        zeroPoints = [Int](repeating: 0, count: blockScales.count)
        axis = 0
        blockLength = length
    }

    /// Calls `body` for each run of elements of one scale with the run's positions, its scale and its zero point.
    ///
    /// - Parameters:
    ///   - elements: positions in a row-major tensor of `shape`.
    func forEachRun(
        of elements: Range<Int>, in shape: Shape, _ body: (Range<Int>, Float, Int) -> Void
    ) {
        guard let axis, let first = scales.indices.first else {
            return body(elements, scales.first ?? 1, zeroPoints.first ?? 0)
        }
        let length = blockLength ?? max(shape.strides[axis], 1)
        var start = elements.lowerBound
        while start < elements.upperBound {
            let slice = first + start / length % scales.count
            let end = min((start / length + 1) * length, elements.upperBound)
            body(start..<end, scales[slice], zeroPoints[slice])
            start = end
        }
    }
}
