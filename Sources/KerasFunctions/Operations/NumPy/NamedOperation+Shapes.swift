import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Functions that move elements.
    static let shapes: [String: Single] = [
        "Reshape": { arguments, builder in
            guard let shape = try arguments.shapeExtents("newshape", "shape") else {
                throw Problem(.missingField("newshape"))
            }
            return try builder.reshapedKeepingBatch(arguments.input(), shape)
        },
        "Ravel": { try $1.reshape($0.input(), [-1]) },
        "BatchFlatten": { arguments, builder in
            let x = try arguments.input()
            let count = Shape(Array(builder.shape(of: x).dims.dropFirst()))
            return try builder.reshape(
                x,
                [
                    builder.extent(0, of: x),
                    count.isStatic ? .known(count.elementCount) : .rest,
                ])
        },
        "Transpose": { arguments, builder in
            let x = try arguments.operand("a")
            let shape = builder.shape(of: x)
            let order =
                try arguments.integers(nil, "axes") ?? arguments.integers(1, "perm")
                ?? Array(shape.dims.indices.reversed())
            return try builder.transpose(x, order.map(shape.checkedAxis))
        },
        "Moveaxis": { arguments, builder in
            let x = try arguments.input()
            let shape = builder.shape(of: x)
            let sources = try (arguments.integers(nil, "source") ?? []).map(shape.checkedAxis)
            let targets = try (arguments.integers(nil, "destination") ?? []).map(shape.checkedAxis)
            var order = shape.dims.indices.filter { !sources.contains($0) }
            for (target, source) in zip(targets, sources).sorted(by: { $0.0 < $1.0 }) {
                order.insert(source, at: min(target, order.count))
            }
            return try builder.transpose(x, order)
        },
        "Swapaxes": { arguments, builder in
            let x = try arguments.input()
            let shape = builder.shape(of: x)
            var order = Array(shape.dims.indices)
            order.swapAt(
                try shape.checkedAxis(arguments.integer("axis1")),
                try shape.checkedAxis(arguments.integer("axis2")))
            return try builder.transpose(x, order)
        },
        "ExpandDims": { arguments, builder in
            let x = try arguments.input()
            let rank = builder.shape(of: x).rank
            let axes = try arguments.integers(nil, "axis") ?? arguments.integers(1, "dim") ?? [-1]
            let positions = axes.map { $0 < 0 ? $0 + rank + axes.count : $0 }.sorted()
            return try positions.reduce(x) { y, position in
                guard (0...builder.shape(of: y).rank).contains(position) else {
                    throw Problem(.invalidField("axis", value: "\(axes)", expected: "an axis"))
                }
                return try builder.expandDimension(y, at: position)
            }
        },
        "Squeeze": { arguments, builder in
            let x = try arguments.input()
            let shape = builder.shape(of: x)
            let units = shape.dims.indices.filter { shape.dims[$0] == 1 }
            let given = try arguments.integers(nil, "axis") ?? arguments.integers(nil, "dims")
            let axes = try given.flatMap { $0.isEmpty ? nil : $0 }.map(shape.checkedAxes) ?? units
            guard axes.allSatisfy(units.contains) else {
                throw Problem(.invalidShape("axes \(axes) of \(shape) are not of extent 1"))
            }
            return try builder.reshape(
                x, shape.dims.indices.filter { !axes.contains($0) }.map { shape.dims[$0] })
        },
        "Concatenate": { arguments, builder in
            let axis = try arguments.integer("axis", default: 0)
            return try builder.joined(arguments.inputs(), axis: axis)
        },
        "Hstack": { arguments, builder in
            let inputs = try arguments.inputs()
            let rank = builder.shape(of: inputs[0]).rank
            return try builder.joined(inputs, axis: rank == 1 ? 0 : 1)
        },
        "Vstack": { try $1.joined($0.inputs(), axis: 0) },
        "Stack": { arguments, builder in
            let inputs = try arguments.inputs()
            let rank = builder.shape(of: inputs[0]).rank
            let axis = try arguments.integer("axis", default: 0)
            let position = axis < 0 ? axis + rank + 1 : axis
            guard (0...rank).contains(position) else {
                throw Problem(.invalidField("axis", value: "\(axis)", expected: "an axis"))
            }
            return try builder.stacked(inputs, axis: position)
        },
        "Tile": { arguments, builder in
            try builder.tiled(
                arguments.input(), arguments.shapeExtents("repeats", "multiples") ?? [])
        },
        "Flip": { arguments, builder in
            let x = try arguments.input()
            let shape = builder.shape(of: x)
            let axes = try arguments.integers(nil, "axis").map(shape.checkedAxes)
            return try builder.reversed(x, axes: axes ?? Array(shape.dims.indices))
        },
        "Repeat": { try $1.repeated($0) },
        "Roll": { try $1.rolled($0) },
        "BroadcastTo": { arguments, builder in
            guard let shape = try arguments.shapeExtents("shape") else {
                throw Problem(.missingField("shape"))
            }
            let x = try arguments.input()
            let own = builder.extents(of: x)
            let offset = shape.count - own.count
            guard offset >= 0 else {
                throw Problem(.invalidShape("\(builder.shape(of: x)) has too many axes"))
            }
            return try builder.broadcast(
                x,
                shape.enumerated().map { axis, extent in
                    guard extent == .rest else { return extent }
                    return axis < offset ? .known(1) : own[axis - offset]
                })
        },
        "Pad": { try $1.padded($0) },
    ]
}

extension OperationArguments {
    /// The first argument, which has this name.
    func operand(_ name: String) throws -> ValueID {
        try argument(0, name).map { try value($0) } ?? input()
    }
}

extension GraphBuilder {
    /// A reshape in which the batch and one other extent may be unknown.
    fileprivate func reshapedKeepingBatch(_ x: ValueID, _ shape: [Extent]) throws -> ValueID {
        var target = shape
        if shape.count(where: { $0 == .rest }) == 2, shape[0] == .rest, self.shape(of: x).rank > 0 {
            target[0] = extent(0, of: x)
        }
        return try reshape(x, target)
    }

    /// x several times along each axis, those of the front being added to it; a count that is an extent of free size is
    /// possible along axes of extent 1.
    fileprivate func tiled(_ x: ValueID, _ counts: [Extent]) throws -> ValueID {
        let missing = counts.count - shape(of: x).rank
        let ones = [Extent](repeating: .known(1), count: abs(missing))
        let x = missing > 0 ? try reshape(x, ones + extents(of: x)) : x
        let counts = missing < 0 ? ones + counts : counts
        let known = counts.compactMap { if case .known(let count) = $0 { count } else { nil } }
        if known.count == counts.count { return try add(.tile(Tile(known)), [x]) }
        let target = try zip(extents(of: x), counts).map { extent, count -> Extent in
            switch (extent, count) {
            case (_, .known(1)): return extent
            case (.known(let extent), .known(let count)):
                return .known(try checkedProduct(extent, count, "the tensor"))
            case (.known(1), .axis): return count
            case (_, .known), (_, .axis), (_, .rest):
                throw OperationArguments.unknown("repeats")
            }
        }
        let own = extents(of: x)
        let inner = zip(own, zip(target, counts)).map { extent, pair -> Int in
            guard case .known(let count) = pair.1, extent != .known(1) else { return 1 }
            return count
        }
        return try broadcast(inner.contains { $0 != 1 } ? add(.tile(Tile(inner)), [x]) : x, target)
    }

    /// Each element several times in a row.
    fileprivate func repeated(_ arguments: OperationArguments) throws -> ValueID {
        var x = try arguments.input()
        let counts = try arguments.integers(1, "repeats") ?? [1]
        let given = try arguments.integers(nil, "axis")?.first
        if given == nil { x = try reshape(x, [-1]) }
        let axis = try shape(of: x).checkedAxis(given ?? 0)
        guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else {
            throw Problem(.invalidField("repeats", value: "\(counts)", expected: "counts"))
        }
        let extent = try shape(of: x).knownExtent(axis)
        guard counts.count == 1 || counts.count == extent else {
            throw Problem(
                .invalidField("repeats", value: "\(counts)", expected: "\(extent) counts"))
        }
        let total = counts.count == 1 ? saturatingProduct(extent, counts[0]) : counts.reduce(0, +)
        try checkList(total, "the repeated elements")
        let indices = (0..<extent).flatMap { index in
            [Int](repeating: index, count: counts.count == 1 ? counts[0] : counts[index])
        }
        return try gathered(x, indices, axis: axis)
    }

    /// The elements moved along axes; those that leave one end enter at the other.
    fileprivate func rolled(_ arguments: OperationArguments) throws -> ValueID {
        let x = try arguments.input()
        let shifts = try arguments.integers(1, "shift") ?? []
        guard let axes = try arguments.integers(nil, "axis") else {
            let dims = shape(of: x).dims
            return try reshape(rolled(reshape(x, [-1]), by: shifts.first ?? 0, axis: 0), dims)
        }
        return try zip(axes, axes.indices).reduce(x) { y, axis in
            let shift = shifts.count == 1 ? shifts[0] : shifts.dropFirst(axis.1).first ?? 0
            return try rolled(y, by: shift, axis: shape(of: y).checkedAxis(axis.0))
        }
    }

    private func rolled(_ x: ValueID, by shift: Int, axis: Int) throws -> ValueID {
        let extent = try shape(of: x).knownExtent(axis)
        guard extent > 0 else { return x }
        let head = ((shift % extent) + extent) % extent
        guard head > 0 else { return x }
        return try concatenate(
            [
                slice(x, axis: axis, from: extent - head, count: head),
                slice(x, axis: axis, from: 0, count: extent - head),
            ], axis: axis)
    }

    /// A border of zeros, a number, or mirrored elements.
    fileprivate func padded(_ arguments: OperationArguments) throws -> ValueID {
        let x = try arguments.input()
        let mode = (arguments.text("mode") ?? "constant").lowercased()
        let widths = arguments.argument(nil, "pad_width") ?? arguments.argument(1, "paddings")
        let rank = shape(of: x).rank
        guard let widths else { throw Problem(.missingField("pad_width")) }
        guard let array = plain(widths).flatMap(NumberArray.init) else {
            throw OperationArguments.unknown("pad_width")
        }
        let numbers = array.values.compactMap { Int(exactly: $0) }
        guard numbers.count == array.values.count, numbers.count == 1 || numbers.count % 2 == 0
        else {
            throw Problem(
                .invalidField(
                    "pad_width", value: "\(array.values)", expected: "pairs of whole numbers"))
        }
        let rows = stride(from: 0, to: numbers.count - 1, by: 2).map {
            PadAmount(numbers[$0], numbers[$0 + 1])
        }
        let amounts: [PadAmount] =
            switch numbers.count {
            case 1: Array(repeating: PadAmount(numbers[0], numbers[0]), count: rank)
            case 2: Array(repeating: rows[0], count: rank)
            default: rows
            }
        guard mode != "constant" else {
            let value = try arguments.number(1, "constant_values", default: 0)
            guard dtype(of: x) == .float32 || value == 0 else {
                let shifted = try pad(binary(.subtract, x, value), amounts)
                return try binary(.add, shifted, value)
            }
            return try pad(x, amounts, value: Float(value))
        }
        guard let kind = MirrorPad.Mode(rawValue: mode) else {
            throw Problem(
                .unsupported(
                    what: "padding of mode '\(mode)' is not supported", remedy: "Use 'constant'."))
        }
        return try add(.mirrorPad(MirrorPad(amounts, mode: kind)), [x])
    }
}
