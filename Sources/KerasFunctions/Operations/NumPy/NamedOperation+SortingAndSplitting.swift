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
                try checkedProduct($0, shape.knownExtent($1), "the median's elements")
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
        "Split": { try $1.splitParts($0) },
        "Hsplit": { arguments, builder in
            let rank = try builder.shape(of: arguments.input()).rank
            return try builder.splitParts(arguments, along: rank == 1 ? 0 : 1)
        },
        "Vsplit": { try $1.splitParts($0, along: 0) },
        "Dsplit": { try $1.splitParts($0, along: 2) },
        "ArraySplit": { try $1.splitParts($0, isEven: false) },
        "Meshgrid": { arguments, builder in
            let inputs = try arguments.inputs()
            let sizes = inputs.map { builder.shape(of: $0).dims.first ?? 1 }
            guard inputs.allSatisfy({ builder.shape(of: $0).rank <= 1 }),
                !sizes.contains(Shape.free)
            else { throw Problem.unknownSpatialSize }
            var axes = Array(inputs.indices)
            if arguments.text("indexing") ?? "xy" == "xy", axes.count > 1 { axes.swapAt(0, 1) }
            let target = axes.map { sizes[$0] }
            return try inputs.enumerated().map { index, input in
                var dims = [Int](repeating: 1, count: inputs.count)
                dims[axes[index]] = sizes[index]
                return try builder.broadcast(
                    builder.reshape(input, dims), target.map { .known($0) })
            }
        },
        "UnravelIndex": { arguments, builder in
            let x = try arguments.operand("indices")
            guard let dims = try arguments.extents("shape"), dims.allSatisfy({ $0 > 0 }) else {
                throw Problem(.missingField("shape"))
            }
            return try dims.indices.map { axis in
                let step = try dims[(axis + 1)...].reduce(1) {
                    try checkedProduct($0, $1, "the shape")
                }
                let whole = try builder.binary(.floorDivide, x, Double(step))
                return try builder.binary(.floorModulo, whole, Double(dims[axis]))
            }
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

    fileprivate static func equalParts(of extent: Int, count: Int) throws -> [Int] {
        guard count > 0, count <= 1 << 16, extent % count == 0 else {
            throw Problem(.invalidShape("an axis of \(extent) does not split in \(count) parts"))
        }
        return [Int](repeating: extent / count, count: count)
    }
}

extension GraphBuilder {
    /// The parts of a split, which a number or places or sizes describe.
    fileprivate func splitParts(
        _ arguments: OperationArguments, along fixed: Int? = nil, isEven: Bool = true
    ) throws -> [ValueID] {
        let x = try arguments.operand("value")
        let shape = shape(of: x)
        let axis = try shape.checkedAxis(fixed ?? arguments.integer("axis", default: 0))
        let extent = try shape.knownExtent(axis)
        let places = arguments.argument(nil, "indices_or_sections")
        let given = places ?? arguments.argument(1, "num_or_size_splits")
        let numbers =
            try places == nil
            ? arguments.integers(1, "num_or_size_splits")
            : arguments.integers(nil, "indices_or_sections")
        guard let given, let numbers, let first = numbers.first else {
            throw Problem(.missingField("num_or_size_splits"))
        }
        guard given.elements != nil else {
            if isEven {
                return try split(
                    x, axis: axis,
                    sizes: NamedOperation.equalParts(of: extent, count: first))
            }
            guard first > 0, first <= min(extent, 1 << 16) else {
                throw Problem(
                    .invalidShape("\(extent) elements cannot be split into \(first) parts"))
            }
            return try split(
                x, axis: axis,
                sizes: (0..<first).map { extent / first + ($0 < extent % first ? 1 : 0) })
        }
        guard places != nil else { return try split(x, axis: axis, sizes: numbers) }
        let cuts = numbers.map { min(max($0 < 0 ? $0 + extent : $0, 0), extent) }
        return try split(
            x, axis: axis, sizes: zip(cuts + [extent], [0] + cuts).map { $0 - $1 })
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
