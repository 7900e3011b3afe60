import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

extension GraphBuilder {
    /// The part of x that the argument of Python's indexing selects, an item or a list of them.
    ///
    /// - Throws: `Problem.Kind.unsupported` for a bound that is not known before the model runs.
    package func indexed(_ x: ValueID, by argument: CallArgument) throws -> ValueID {
        let items: [CallArgument] =
            if case .list(let items) = argument { items } else { [argument] }
        let values = try items.map { item -> JSONValue in
            guard let value = plain(item) else { throw OperationArguments.unknown("an index") }
            return value
        }
        return try indexed(x, by: values.count == 1 ? values[0].array ?? values : values)
    }

    /// The part of x that items of Python's indexing select: integers, `{start, stop, step}`, an ellipsis, null.
    package func indexed(_ x: ValueID, by items: [JSONValue]) throws -> ValueID {
        let shape = shape(of: x)
        let isEllipsis = { (item: JSONValue) in
            item["class_name"]?.string?.contains("ellipsis") == true || item.string == "..."
        }
        let named = items.count { !$0.isNull && !isEllipsis($0) }
        var selection = Selection(shape: shape)
        for item in items {
            if item.isNull {
                selection.result.append(nil)
            } else if isEllipsis(item) {
                for _ in 0..<max(shape.rank - named, 0) { try selection.takeAll() }
            } else if let index = item.int {
                try selection.take(index)
            } else {
                let bounds = item["class_name"] == nil ? item : item["config"] ?? item
                try selection.take(bounds)
            }
        }
        while selection.axis < shape.rank { try selection.takeAll() }
        var y = x
        if let bounds = selection.bounds {
            y = try add(.boundedSlice(bounds), [x])
        } else if selection.isPartial {
            y = try add(
                .slice(
                    Slice(
                        begin: selection.begin, sizes: selection.sizes,
                        strides: selection.strides)), [x])
        }
        y = try reversed(y, axes: selection.reversed)
        return try reshape(y, selection.result.map { $0.map { extent($0, of: y) } ?? .known(1) })
    }
}

/// What indexing takes of each axis.
private struct Selection {
    let shape: Shape
    var axis = 0
    var begin: [Int] = []
    var sizes: [Int] = []
    var strides: [Int] = []
    /// The axes that are read backwards.
    var reversed: [Int] = []
    /// The axes of the result: without those that an integer picked from, nil for new ones.
    var result: [Int?] = []
    /// The ends of axes of free extent that are not taken whole.
    private var freeEnds: [Int: Int] = [:]

    init(shape: Shape) {
        self.shape = shape
    }

    var isPartial: Bool {
        begin.contains { $0 != 0 } || strides.contains { $0 != 1 }
            || zip(sizes, shape.dims).contains { $0 != -1 && $0 != $1 }
    }

    /// The selection as bounds, if an axis of free extent needs them.
    var bounds: BoundedSlice? {
        guard !freeEnds.isEmpty else { return nil }
        let ends = begin.indices.map { axis in
            freeEnds[axis]
                ?? (sizes[axis] == -1
                    ? BoundedSlice.open : begin[axis] + (sizes[axis] - 1) * strides[axis] + 1)
        }
        return BoundedSlice(begin: begin, end: ends, strides: strides)
    }

    mutating func takeAll() throws {
        let extent = try nextExtent()
        append(0, extent == Shape.free ? -1 : extent, 1)
        result.append(axis - 1)
    }

    mutating func take(_ index: Int) throws {
        let extent = try nextExtent()
        if extent == Shape.free, index < 0 {
            freeEnds[axis - 1] = index == -1 ? BoundedSlice.open : index + 1
            return append(index, 1, 1)
        }
        let position = index < 0 ? index + extent : index
        guard position >= 0, extent == Shape.free || position < extent else {
            throw Problem(.invalidShape("index \(index) is outside \(shape)"))
        }
        append(position, 1, 1)
    }

    mutating func take(_ bounds: JSONValue) throws {
        let extent = try nextExtent()
        let (start, stop, step) = (bounds["start"]?.int, bounds["stop"]?.int, bounds["step"]?.int)
        let stride = step ?? 1
        guard stride != 0 else {
            throw Problem(.invalidField("step", value: "0", expected: "a step"))
        }
        if extent == Shape.free { return try takeOfFree(start, stop, stride) }
        let last = stride > 0 ? extent : extent - 1
        func clamped(_ bound: Int) -> Int {
            min(max(bound < 0 ? bound + extent : bound, stride > 0 ? 0 : -1), last)
        }
        let from = start.map(clamped) ?? (stride > 0 ? 0 : last)
        let to = stop.map(clamped) ?? (stride > 0 ? last : -1)
        let length = stride > 0 ? to - from : from - to
        let width = stride.magnitude > UInt(extent) ? max(extent, 1) : abs(stride)
        let count = max(length + width - 1, 0) / width
        guard length > 0, count > 0 else {
            throw Problem(.invalidShape("the slice of \(shape) is empty"))
        }
        if stride < 0 { reversed.append(axis - 1) }
        append(stride > 0 ? from : from - (count - 1) * width, count, width)
        result.append(axis - 1)
    }

    /// A range of an axis of free extent; backwards only as a whole.
    private mutating func takeOfFree(_ start: Int?, _ stop: Int?, _ stride: Int) throws {
        result.append(axis - 1)
        if stride == -1, start == nil, stop == nil {
            reversed.append(axis - 1)
            return append(0, -1, 1)
        }
        let limit = BoundedSlice.open
        guard stride > 0, stride < limit, abs(start ?? 0) < limit, abs(stop ?? 0) < limit else {
            throw Problem.unknownSpatialSize
        }
        if start ?? 0 != 0 || stop != nil || stride != 1 {
            freeEnds[axis - 1] = stop ?? limit
        }
        append(start ?? 0, -1, stride)
    }

    private mutating func nextExtent() throws -> Int {
        guard axis < shape.rank else {
            throw Problem(.invalidShape("there are more indices than axes in \(shape)"))
        }
        axis += 1
        return shape.dims[axis - 1]
    }

    private mutating func append(_ begin: Int, _ size: Int, _ stride: Int) {
        self.begin.append(begin)
        sizes.append(size)
        strides.append(stride)
    }
}
