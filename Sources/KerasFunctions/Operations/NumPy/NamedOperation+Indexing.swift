import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Functions that pick elements.
    static let indexing: [String: Single] = [
        "GetItem": { arguments, builder in
            let key = arguments.argument(1, "key", "slice_spec") ?? .value(.null)
            return try builder.indexed(arguments.input(), by: key)
        },
        "Slice": { arguments, builder in
            let x = try arguments.input()
            let begin =
                try arguments.integers(1, "start_indices") ?? arguments.integers(1, "begin") ?? []
            let sizes = try arguments.extents("shape", "size") ?? []
            let dims = builder.shape(of: x).dims
            guard begin.count == dims.count, sizes.count == dims.count else {
                throw Problem(.invalidShape("a slice at \(begin) is outside \(Shape(dims))"))
            }
            let whole = zip(sizes, dims).enumerated().map { axis, size in
                size.0 >= 0 ? size.0 : size.1 == Shape.free ? -1 : size.1 - begin[axis]
            }
            return try builder.add(.slice(Slice(begin: begin, sizes: whole)), [x])
        },
        "StridedSlice": { arguments, builder in
            try builder.indexed(arguments.input(), by: arguments.stridedItems())
        },
        "Take": { arguments, builder in
            guard let indices = arguments.argument(1, "indices") else {
                throw Problem(.missingField("indices"))
            }
            var x = try arguments.operand("params")
            let batch = try arguments.integer("batch_dims", default: 0)
            let given = try arguments.integers(nil, "axis")?.first
            if given == nil, !arguments.isGiven("batch_dims") { x = try builder.reshape(x, [-1]) }
            let axis = try builder.shape(of: x).checkedAxis(given ?? max(batch, 0))
            return try builder.taken(x, arguments.indices(indices), axis: axis, batch: batch)
        },
        "EmbeddingLookup": { arguments, builder in
            guard let indices = arguments.argument(1, "ids") else {
                throw Problem(.missingField("ids"))
            }
            let table = try arguments.operand("params")
            return try builder.taken(table, arguments.indices(indices), axis: 0, batch: 0)
        },
        "TakeAlongAxis": { arguments, builder in
            guard let indices = arguments.argument(1, "indices") else {
                throw Problem(.missingField("indices"))
            }
            var (x, index) = (try arguments.input(), try arguments.indices(indices))
            let given = try arguments.integers(nil, "axis")?.first
            if given == nil {
                (x, index) = (try builder.reshape(x, [-1]), try builder.reshape(index, [-1]))
            }
            let axis = try builder.shape(of: x).checkedAxis(given ?? 0)
            return try builder.takenAlong(x, index, axis: axis)
        },
        "OneHot": { arguments, builder in
            let x = try arguments.operand("indices")
            let depth =
                try arguments.integers(nil, "num_classes")?.first ?? arguments.integer("depth")
            let off = try arguments.number(nil, "off_value", default: 0)
            let hot = OneHot(
                depth: depth, on: Float(try arguments.number(nil, "on_value", default: 1)),
                off: Float(off))
            return try builder.oneHot(x, hot, arguments)
        },
        "MultiHot": { arguments, builder in
            let x = try arguments.input()
            let hot = OneHot(depth: try arguments.integer("num_classes"))
            let y = try builder.oneHot(x, hot, arguments)
            return try builder.reduce(.max, y, axes: [builder.shape(of: x).rank > 1 ? 1 : 0])
        },
    ]
}

extension OperationArguments {
    /// Indices as integers.
    fileprivate func indices(_ argument: CallArgument) throws -> ValueID {
        if let json = argument.json, let array = NumberArray(json) {
            return builder.constant(array.constant(as: .int32), role: "indices")
        }
        let index = try value(argument)
        return builder.dtype(of: index) == .int64 ? index : try builder.cast(index, to: .int32)
    }

    /// The ranges of `strided_slice(begin, end, strides, masks…)` as items of Python's indexing.
    fileprivate func stridedItems() throws -> [JSONValue] {
        let begin = try integers(1, "begin") ?? []
        let end = try integers(2, "end") ?? []
        let strides = try integers(3, "strides") ?? [Int](repeating: 1, count: begin.count)
        guard end.count == begin.count, strides.count == begin.count else {
            throw Problem(.invalidField("end", value: "\(end)", expected: "as many as begin"))
        }
        func mask(_ name: String, _ position: Int) throws -> Bool {
            guard position < 62 else { return false }
            return try integer(name, default: 0) >> position & 1 == 1
        }
        return try begin.indices.map { position in
            if try mask("ellipsis_mask", position) { return .string("...") }
            if try mask("new_axis_mask", position) { return .null }
            if try mask("shrink_axis_mask", position) { return .int(Int64(begin[position])) }
            return .object(
                JSONObject([
                    (
                        "start",
                        try mask("begin_mask", position) ? .null : .int(Int64(begin[position]))
                    ),
                    ("stop", try mask("end_mask", position) ? .null : .int(Int64(end[position]))),
                    ("step", .int(Int64(strides[position]))),
                ]))
        }
    }
}

extension GraphBuilder {
    /// One slice for each index, along the `axis` and of the `dtype` of a call.
    fileprivate func oneHot(
        _ index: ValueID, _ hot: OneHot, _ arguments: OperationArguments
    ) throws -> ValueID {
        let y = try lastAxisMoved(
            add(.oneHot(hot), [cast(index, to: .int32)]),
            to: arguments.integers(nil, "axis")?.first ?? -1)
        return try converted(y, to: arguments.elementType("dtype") ?? .float32)
    }

    /// The last axis moved to another place, counted in the result.
    fileprivate func lastAxisMoved(_ y: ValueID, to axis: Int) throws -> ValueID {
        let rank = shape(of: y).rank
        let target = try shape(of: y).checkedAxis(axis)
        guard target != rank - 1 else { return y }
        var order = Array(0..<rank - 1)
        order.insert(rank - 1, at: target)
        return try transpose(y, order)
    }
}
