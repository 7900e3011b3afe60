import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Elements at a part of the way through sorted elements, on the line between two of them.
    ///
    /// `Quantile` interpolates so whatever method its configuration names, because Keras does.
    static let quantiles: [String: Single] = [
        "Quantile": { try $1.quantiles($0, scale: 1) },
        "Percentile": { try $1.quantiles($0, scale: 0.01) },
        "Nanquantile": { try $1.quantiles($0, scale: 1, leavesOut: true) },
        "Nanpercentile": { try $1.quantiles($0, scale: 0.01, leavesOut: true) },
        "Nanmedian": { try $1.quantiles($0, scale: 1, leavesOut: true, median: true) },
    ]
}

extension GraphBuilder {
    /// Quantiles over some axes; with a list of parts, these are the first axis of the result.
    fileprivate func quantiles(
        _ arguments: OperationArguments, scale: Double, leavesOut: Bool = false,
        median: Bool = false
    ) throws -> ValueID {
        let axes = try reduction(arguments)
        let given =
            median ? NumberArray(0.5) : arguments.plain(1, "q").flatMap(NumberArray.init)
        guard let given, given.shape.count <= 1, given.values.allSatisfy((0...1 / scale).contains)
        else {
            throw Problem(
                .unsupported(
                    what: "a quantile with a computed part is not supported",
                    remedy: "Use a constant part."))
        }
        let parts = given.values.map { $0 * scale }
        let method = arguments.text("method") ?? "linear"
        guard method == "linear" || scale == 1 && !leavesOut else {
            throw Problem(
                .unsupported(
                    what: "a percentile of the method '\(method)' is not supported",
                    remedy: "Use 'linear'."))
        }
        let shape = shape(of: axes.x)
        let kept = shape.dims.indices.filter { !axes.axes.contains($0) }
        let count = try axes.axes.reduce(1) {
            try checkedProduct($0, shape.knownExtent($1), "the elements")
        }
        let rows = try reshape(
            transpose(floating(axes.x), kept + axes.axes), kept.map { shape.dims[$0] } + [count])
        let y =
            leavesOut
            ? try numberQuantiles(rows, count: count, parts: parts)
            : try quantiles(rows, count: count, parts: parts)
        let rank = kept.count
        let first = try transpose(y, [rank] + Array(0..<rank))
        let dims = shape.dims.indices.compactMap { axis in
            axes.axes.contains(axis) ? (axes.keeps ? 1 : nil) : shape.dims[axis]
        }
        return try reshape(first, given.shape + dims)
    }

    /// The quantiles `[…, parts]` of rows `[…, count]`.
    private func quantiles(
        _ rows: ValueID, count: Int, parts: [Double]
    ) throws -> ValueID {
        let descending = try addMulti(.topK(TopK(k: count)), [rows])[0]
        return try mixed(descending, count: parts.count, role: "quantiles") { index, part in
            max(0, 1 - abs(parts[part] * Double(count - 1) - Double(count - 1 - index)))
        }
    }

    /// The same among the elements that are numbers, which are counted when the model runs.
    private func numberQuantiles(
        _ rows: ValueID, count: Int, parts: [Double]
    ) throws -> ValueID {
        let axis = shape(of: rows).rank - 1
        let flags = try cast(binary(.equal, rows, rows), to: .float32)
        let known = try reduce(.sum, flags, axes: [axis], keepDimensions: true)
        let lowest = -Double(Float.greatestFiniteMagnitude)
        let descending = try addMulti(
            .topK(TopK(k: count)), [numbers(rows, orElse: lowest)])[0]
        try checkList(count, "the quantiles")
        let places = constant(Constant((0..<count).map(Double.init), [count]), role: "places")
        let values = try parts.map { part in
            let position = try binary(
                .multiply, binary(.subtract, known, 1), 1 - part)
            let distance = try unary(.abs, subtract(places, position))
            let weights = try unary(.relu, subtract(scalar(1, like: distance), distance))
            return try reduce(
                .sum, multiply(weights, descending), axes: [axis], keepDimensions: true)
        }
        return try concatenate(values, axis: axis)
    }
}
