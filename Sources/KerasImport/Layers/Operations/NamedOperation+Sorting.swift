import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Sorting, and what needs it.
    static let sorting: [String: Single] = [
        "Sort": { try $1.ordered($0).values },
        "Argsort": { try $1.ordered($0).indices },
        "Median": { arguments, builder in
            let axes = try builder.reduction(arguments)
            let shape = builder.shape(of: axes.x)
            let kept = shape.dims.indices.filter { !axes.axes.contains($0) }
            let count = try axes.axes.reduce(1) {
                try product($0, shape.knownExtent($1), "the median's elements")
            }
            let rows = try builder.reshape(
                builder.transpose(builder.floating(axes.x), kept + axes.axes),
                kept.map { shape.dims[$0] } + [count])
            let half = count / 2 + 1
            let top = try builder.addMulti(.topK(TopK(k: half)), [rows])[0]
            let (low, high) = (count % 2 == 0 ? half - 2 : half - 1, half - 1)
            let a = try builder.slice(top, axis: kept.count, from: low, count: 1)
            let b = try builder.slice(top, axis: kept.count, from: high, count: 1)
            let middle = try builder.binary(.multiply, builder.add(a, b), 0.5)
            let dims = shape.dims.indices.compactMap { axis in
                axes.axes.contains(axis) ? (axes.keeps ? 1 : nil) : shape.dims[axis]
            }
            return try builder.reshape(middle, dims)
        },
    ]

    /// Operations with several outputs.
    static let multipleOutputs: [String: Build] = [
        "TopK": { arguments, builder in
            let x = try arguments.input()
            let k = try arguments.integer("k", default: 1)
            return try builder.addMulti(.topK(TopK(k: k)), [x])
        },
        "Split": { arguments, builder in
            let x = try arguments.operand("value")
            let shape = builder.shape(of: x)
            let axis = try shape.checkedAxis(arguments.integer("axis", default: 0))
            let extent = try shape.knownExtent(axis)
            guard let sections = arguments.argument(nil, "indices_or_sections") else {
                let sizes = try arguments.integers(1, "num_or_size_splits") ?? []
                let isCount = arguments.argument(1, "num_or_size_splits")?.elements == nil
                return try builder.split(
                    x, axis: axis,
                    sizes: isCount ? equalParts(of: extent, count: sizes.first ?? 0) : sizes)
            }
            let numbers = try arguments.integers(nil, "indices_or_sections") ?? []
            guard sections.elements != nil else {
                return try builder.split(
                    x, axis: axis, sizes: equalParts(of: extent, count: numbers.first ?? 0))
            }
            let cuts = numbers.map { min(max($0 < 0 ? $0 + extent : $0, 0), extent) }
            let sizes = zip(cuts + [extent], [0] + cuts).map { $0 - $1 }
            return try builder.split(x, axis: axis, sizes: sizes)
        },
        "Unstack": { arguments, builder in
            let x = try arguments.operand("value")
            let axis = try builder.shape(of: x).checkedAxis(arguments.integer("axis", default: 0))
            let extent = try builder.shape(of: x).knownExtent(axis)
            return try builder.split(x, axis: axis, sizes: equalParts(of: extent, count: extent))
                .map { try builder.squeezeDimension($0, at: axis) }
        },
        "Moments": { arguments, builder in
            let axes = try builder.reduction(arguments)
            let mean = try builder.reduce(
                .mean, builder.floating(axes.x), axes: axes.axes, keepDimensions: axes.keeps)
            return [mean, try builder.variance(axes)]
        },
    ]

    private static func equalParts(of extent: Int, count: Int) throws -> [Int] {
        guard count > 0, count <= 1 << 16, extent % count == 0 else {
            throw Problem(.invalidShape("an axis of \(extent) does not split in \(count) parts"))
        }
        return [Int](repeating: extent / count, count: count)
    }
}

extension GraphBuilder {
    /// Parts of these sizes along an axis; one size may be −1 for what is left.
    func split(_ x: ValueID, axis: Int, sizes: [Int]) throws -> [ValueID] {
        let extent = try shape(of: x).knownExtent(axis)
        let known = sizes.filter { $0 >= 0 }.reduce(0) { $0 &+ $1 }
        var begin = 0
        return try sizes.map { size in
            let count = size < 0 ? extent - known : size
            guard count > 0, count <= extent - begin else {
                throw Problem(.invalidShape("parts \(sizes) of an axis of \(extent)"))
            }
            defer { begin += count }
            return count == extent ? x : try slice(x, axis: axis, from: begin, count: count)
        }
    }

    /// The elements in ascending order along an axis, and where they came from.
    fileprivate func ordered(
        _ arguments: OperationArguments
    ) throws -> (values: ValueID, indices: ValueID) {
        var x = try arguments.input()
        let given = arguments.isGiven("axis") ? try arguments.integers(nil, "axis") : [-1]
        if given == nil { x = try reshape(x, [-1]) }
        let shape = shape(of: x)
        let axis = try shape.checkedAxis(given?.first ?? 0)
        var order = Array(0..<shape.rank)
        order.swapAt(axis, shape.rank - 1)
        let descending = arguments.text("direction") == "DESCENDING"
        let rows = try transpose(descending ? x : unary(.neg, x), order)
        let top = try addMulti(.topK(TopK(k: shape.knownExtent(axis))), [rows])
        let values = descending ? top[0] : try unary(.neg, top[0])
        return (try transpose(values, order), try transpose(top[1], order))
    }
}
