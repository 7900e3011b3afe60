import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Tensors with some elements replaced, and tensors put together from parts.
    static let updates: [String: Single] = [
        "SliceUpdate": { arguments, builder in
            let x = try arguments.input()
            guard let begin = try arguments.integers(1, "start_indices"),
                let update = arguments.argument(2, "updates")
            else {
                throw Problem(
                    .unsupported(
                        what: "an update at a computed place is not supported",
                        remedy: "Use constant indices."))
            }
            return try builder.replaced(
                x, at: begin,
                with: builder.cast(
                    arguments.value(update, like: x), to: builder.dtype(of: x)))
        },
        "ScatterUpdate": { arguments, builder in
            let x = try arguments.operand("tensor")
            guard let rows = arguments.plain(1, "indices").flatMap(NumberArray.init),
                let update = arguments.argument(2, "updates"), rows.shape.count == 2,
                arguments.text("reduction") == nil
            else {
                throw Problem(
                    .unsupported(
                        what: "an update at computed places is not supported",
                        remedy: "Use constant indices, without a reduction."))
            }
            return try builder.scattered(
                x, rows: rows,
                updates: builder.cast(
                    arguments.value(update, like: x), to: builder.dtype(of: x)))
        },
        "Scatter": { arguments, builder in
            guard let rows = arguments.plain(0, "indices").flatMap(NumberArray.init),
                let values = arguments.argument(1, "values") ?? arguments.argument(1, "updates"),
                let dims = try arguments.extents("shape"), dims.allSatisfy({ $0 > 0 }),
                rows.shape.count == 2
            else {
                throw Problem(
                    .unsupported(
                        what: "a scatter to computed places is not supported",
                        remedy: "Use constant indices."))
            }
            return try builder.scattered(
                into: dims, rows: rows, values: arguments.value(values))
        },
        "Append": { arguments, builder in
            let (a, b) = try arguments.operands()
            guard let axis = try arguments.integers(nil, "axis")?.first else {
                let flat = try [a, b].map { try builder.reshape($0, [-1]) }
                return try builder.joined(flat, axis: 0)
            }
            return try builder.joined([a, b], axis: axis)
        },
        "Dstack": { arguments, builder in
            let parts = try arguments.inputs().map { x in
                switch builder.shape(of: x).rank {
                case 1: try builder.reshape(x, [1, builder.shape(of: x)[0], 1])
                case 2: try builder.expandDimension(x, at: 2)
                default: x
                }
            }
            return try builder.joined(parts, axis: 2)
        },
        "Fliplr": { arguments, builder in
            let x = try arguments.input()
            return try builder.reversed(x, axes: [builder.shape(of: x).checkedAxis(1)])
        },
        "Flipud": { arguments, builder in
            let x = try arguments.input()
            return try builder.reversed(x, axes: [builder.shape(of: x).checkedAxis(0)])
        },
    ]
}

extension GraphBuilder {
    /// x with a block of elements, which starts at a place, replaced by others.
    fileprivate func replaced(
        _ x: ValueID, at begin: [Int], with update: ValueID
    ) throws -> ValueID {
        let (shape, part) = (shape(of: x), shape(of: update))
        guard begin.count == shape.rank, part.rank == shape.rank else {
            throw Problem(.invalidShape("an update of \(part) does not fit \(shape)"))
        }
        var block = update
        var isInside: ValueID?
        for axis in shape.dims.indices where part.dims[axis] != shape.dims[axis] {
            let extent = try shape.knownExtent(axis)
            let (first, count) = (begin[axis], try part.knownExtent(axis))
            guard first >= 0, first + count <= extent else {
                throw Problem(
                    .invalidShape("an update of \(part) at \(begin) does not fit \(shape)"))
            }
            var amounts = [PadAmount].none(rank: shape.rank)
            amounts[axis] = PadAmount(first, extent - first - count)
            block = try pad(block, amounts)
            try checkList(extent, "the update")
            let flags = (0..<extent).map { $0 >= first && $0 < first + count ? 1.0 : 0.0 }
            var dims = [Int](repeating: 1, count: shape.rank)
            dims[axis] = extent
            let tensor = Tensor(dtype: .float64, shape: Shape(dims), copying: flags)
            isInside = try bothMasks(
                isInside, constant(Constant(tensor, as: .bool), role: "inside"))
        }
        return try isInside.map { try select($0, block, x) } ?? update
    }

    /// x with the slices at these indices of its first axes replaced, by a later one if indices repeat.
    fileprivate func scattered(
        _ x: ValueID, rows: NumberArray, updates: ValueID
    ) throws -> ValueID {
        let shape = shape(of: x)
        let (places, outer) = try Self.places(rows, in: shape.dims)
        let inner = Array(shape.dims.dropFirst(rows.shape[1]))
        let all = try concatenate(
            [reshape(x, [outer] + inner), reshape(updates, [places.count] + inner)], axis: 0)
        var sources = Array(0..<outer)
        for (position, place) in places.enumerated() { sources[place] = outer + position }
        return try reshape(gathered(all, sources, axis: 0), shape.dims)
    }

    /// Zeros with values added at these indices of the first axes.
    fileprivate func scattered(
        into dims: [Int], rows: NumberArray, values: ValueID
    ) throws -> ValueID {
        let (places, outer) = try Self.places(rows, in: dims)
        let inner = Array(dims.dropFirst(rows.shape[1]))
        let width = try inner.reduce(1) { try checkedProduct($0, $1, "the tensor") }
        let columns = try transpose(reshape(floating(values), [places.count, width]), [1, 0])
        let sums = try mixed(columns, count: outer, role: "places") { places[$0] == $1 ? 1 : 0 }
        return try cast(reshape(transpose(sums, [1, 0]), dims), to: dtype(of: values))
    }

    /// The position of each row of indices among all elements of the axes that it indexes, and how many there are.
    private static func places(
        _ rows: NumberArray, in dims: [Int]
    ) throws -> (places: [Int], count: Int) {
        let depth = rows.shape[1]
        let extents = dims.prefix(depth)
        guard depth > 0, extents.count == depth, !extents.contains(Shape.free) else {
            throw Problem.unknownSpatialSize
        }
        let count = try extents.reduce(1) { try checkedProduct($0, $1, "the tensor") }
        let places = try stride(from: 0, to: rows.values.count, by: depth).map { start in
            try zip(rows.values[start..<start + depth], extents).reduce(0) { place, step in
                let index = Int(exactly: step.0).map { $0 < 0 ? $0 + step.1 : $0 } ?? -1
                guard (0..<step.1).contains(index) else {
                    throw Problem(.invalidShape("index \(step.0) is outside \(Shape(dims))"))
                }
                return place * step.1 + index
            }
        }
        guard count < 1 << 24 else {
            throw Problem(.tooLarge(what: "a scatter", value: "\(count)"))
        }
        return (places, count)
    }
}
