import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions that only TensorFlow has.
    static let tensorFlow: [String: Single] = [
        "EuclideanNorm": { arguments, builder in
            let axes = try builder.reduction(arguments)
            let sum = try builder.reduce(
                .sum, builder.unary(.square, builder.floating(axes.x)), axes: axes.axes,
                keepDimensions: axes.keeps)
            return try builder.unary(.sqrt, sum)
        },
        "ZeroFraction": { arguments, builder in
            let x = try arguments.operand("value")
            let isZero = try builder.cast(builder.binary(.equal, x, 0), to: .float32)
            return try builder.reduce(
                .mean, isZero, axes: Array(builder.shape(of: x).dims.indices))
        },
        "L2Loss": { arguments, builder in
            let x = try builder.floating(arguments.operand("t"))
            let sum = try builder.reduce(
                .sum, builder.unary(.square, x), axes: Array(builder.shape(of: x).dims.indices))
            return try builder.binary(.multiply, sum, 0.5)
        },
        "ReciprocalNoNan": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.quotient(builder.scalar(1, like: x), x)
        },
        "MultiplyNoNan": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            return try builder.select(
                builder.binary(.equal, y, 0), builder.scalar(0, like: x),
                builder.multiply(x, y))
        },
        "Xdivy": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            return try builder.select(
                builder.binary(.equal, x, 0), builder.scalar(0, like: x),
                builder.divide(x, y))
        },
        "Xlogy": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            let isZero = try builder.binary(.equal, x, 0)
            let one = builder.scalar(1, like: x)
            let logarithm = try builder.unary(.log, builder.select(isZero, one, y))
            return try builder.select(
                isZero, builder.scalar(0, like: x),
                builder.multiply(x, logarithm))
        },
        "ScalarMultiply": { arguments, builder in
            guard let scalar = arguments.argument(0, "scalar"),
                let x = arguments.argument(1, "x")
            else { throw Problem(.missingField("x")) }
            let like = x.tensors.first ?? scalar.tensors.first
            let values = try builder.commonType(
                [arguments.value(scalar, like: like), arguments.value(x, like: like)],
                float: false)
            return try builder.multiply(values[0], values[1])
        },
        "ClipByNorm": { arguments, builder in
            let x = try builder.floating(arguments.operand("t"))
            let shape = builder.shape(of: x)
            let axes =
                try arguments.integers(2, "axes").map(shape.checkedAxes)
                ?? Array(shape.dims.indices)
            let limit = try arguments.number(1, "clip_norm")
            let sum = try builder.reduce(
                .sum, builder.unary(.square, x), axes: axes, keepDimensions: true)
            let norm = try builder.unary(.sqrt, sum)
            return try builder.divide(
                builder.binary(.multiply, x, limit), builder.binary(.maximum, norm, limit))
        },
        "GlobalNorm": { arguments, builder in
            let sums = try arguments.inputs().map { x in
                try builder.reduce(
                    .sum, builder.unary(.square, builder.floating(x)),
                    axes: Array(builder.shape(of: x).dims.indices))
            }
            return try builder.unary(
                .sqrt, sums.dropFirst().reduce(sums[0]) { try builder.add($0, $1) })
        },
        "MatrixVector": { arguments, builder in
            let (a, b) = try arguments.operands()
            let column = try builder.expandDimension(b, at: builder.shape(of: b).rank)
            let values = try builder.commonType([a, column], float: true)
            let y = try builder.matrixProduct(
                values[0], values[1], adjointA: arguments.flag("transpose_a"))
            return try builder.squeezeDimension(y, at: builder.shape(of: y).rank - 1)
        },
        "TransposeImage": { arguments, builder in
            let x = try arguments.image()
            let rank = builder.shape(of: x).rank
            var order = Array(0..<rank)
            order.swapAt(rank - 3, rank - 2)
            return try builder.transpose(x, order)
        },
        "CentralCrop": { arguments, builder in
            let x = try arguments.image()
            let fraction = try arguments.number(1, "central_fraction")
            let rank = builder.shape(of: x).rank
            return try [rank - 3, rank - 2].reduce(x) { y, axis in
                let extent = try builder.shape(of: y).knownExtent(axis)
                let begin = Int((Double(extent) - Double(extent) * fraction) / 2)
                guard begin >= 0, 2 * begin < extent else {
                    throw Problem(
                        .invalidField("central_fraction", value: "\(fraction)", expected: "0…1"))
                }
                return try builder.slice(y, axis: axis, from: begin, count: extent - 2 * begin)
            }
        },
        "CropOrPad": { arguments, builder in
            let x = try arguments.image()
            let rank = builder.shape(of: x).rank
            let targets = try [
                arguments.integers(1, "target_height"), arguments.integers(2, "target_width"),
            ].map { $0?.first ?? 0 }
            return try zip([rank - 3, rank - 2], targets).reduce(x) { y, target in
                let extent = try builder.shape(of: y).knownExtent(target.0)
                guard target.1 > 0 else { throw Problem(.missingField("target_height")) }
                if target.1 < extent {
                    return try builder.slice(
                        y, axis: target.0, from: (extent - target.1) / 2, count: target.1)
                }
                var amounts = [PadAmount].none(rank: rank)
                let total = target.1 - extent
                amounts[target.0] = PadAmount(total / 2, total - total / 2)
                return try builder.pad(y, amounts)
            }
        },
        "ReverseSequence": { arguments, builder in
            let x = try arguments.input()
            guard let found = arguments.argument(1, "seq_lengths") else {
                throw Problem(.missingField("seq_lengths"))
            }
            let lengths = try builder.cast(arguments.value(found), to: .int32)
            let axis = try arguments.integers(2, "seq_axis") ?? arguments.integers(2, "seq_dim")
            let batch =
                try arguments.integers(3, "batch_axis") ?? arguments.integers(3, "batch_dim")
            let shape = builder.shape(of: x)
            let op = ReverseSequence(
                axis: try shape.checkedAxis(axis?.first ?? 0),
                batchAxis: try shape.checkedAxis(batch?.first ?? 0))
            return try builder.add(op.op, [x, lengths])
        },
        "GatherND": { arguments, builder in
            let x = try arguments.operand("params")
            guard let found = arguments.argument(1, "indices") else {
                throw Problem(.missingField("indices"))
            }
            let index = try builder.cast(
                arguments.value(
                    found,
                    like: builder.constant(
                        Constant([0], [1]), role: "index")), to: .int32)
            return try builder.gathered(
                x, at: index, batch: arguments.integer("batch_dims", default: 0))
        },
    ]
}

extension GraphBuilder {
    /// a / b, 0 if b is 0.
    fileprivate func quotient(_ a: ValueID, _ b: ValueID) throws -> ValueID {
        let isZero = try binary(.equal, b, 0)
        let divisor = try select(isZero, scalar(1, like: b), b)
        return try select(isZero, scalar(0, like: b), divide(a, divisor))
    }

    /// The slices at places that the last axis of the indices names.
    fileprivate func gathered(_ x: ValueID, at index: ValueID, batch: Int) throws -> ValueID {
        if batch == 0, let rest = withoutRowNumbers(index, of: x) {
            return try gathered(x, at: rest, batch: 1)
        }
        let (shape, places) = (shape(of: x), shape(of: index))
        let depth = try places.knownExtent(-1)
        guard batch >= 0, depth > 0, batch + depth <= shape.rank, batch < places.rank else {
            throw Problem(.invalidShape("indices \(places) do not fit \(shape)"))
        }
        let extents = Array(shape.dims[batch..<batch + depth])
        guard !extents.dropFirst().contains(Shape.free),
            (0..<batch).allSatisfy({ shape[$0] == places[$0] })
        else { throw Problem.unknownSpatialSize }
        guard depth > 1 else {
            // The index stays what it is, so that its bounds are known.
            let flat = try squeezeDimension(index, at: places.rank - 1)
            return try taken(x, flat, axis: batch, batch: batch)
        }
        let steps = extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
        let factors = constant(Constant(steps, [depth]), role: "steps")
        let flat = try reduce(
            .sum, multiply(index, factors), axes: [places.rank - 1])
        guard extents[0] != Shape.free else { throw Problem.unknownSpatialSize }
        let count = try extents.reduce(1) { try checkedProduct($0, $1, "the tensor") }
        let rows = try reshape(
            x, Array(shape.dims.prefix(batch)) + [count] + shape.dims.dropFirst(batch + depth))
        return try taken(rows, flat, axis: batch, batch: batch)
    }

    /// The index without its first column, if that holds the number of each row of x; nil for others.
    ///
    /// Python writes `gather_nd(x, concat([expand_dims(range(batch), 1), places], 1))` for a gather in each row.
    private func withoutRowNumbers(_ index: ValueID, of x: ValueID) -> ValueID? {
        let (places, rows) = (shape(of: index), shape(of: x)[0])
        guard let node = graph.producer(of: index), case .concatenate(let op) = node.op,
            op.axis == places.rank - 1, node.inputs.count == 2, places.rank > 1,
            places[0] == rows, shape(of: node.inputs[0]).dims.last == 1,
            isRowNumber(node.inputs[0], count: rows)
        else { return nil }
        return node.inputs[1]
    }

    /// Whether each element of a tensor is the number of its row, of which there are `count`, or a free batch.
    private func isRowNumber(_ value: ValueID, count: Int) -> Bool {
        if let constant = graph[value].constant {
            let size = max(constant.shape.elementCount / max(count, 1), 1)
            return constant.shape.dims.first == count
                && constant.doubles().enumerated().allSatisfy { Int(exactly: $1) == $0 / size }
        }
        guard let node = graph.producer(of: value) else { return false }
        if case .positions(let op) = node.op {
            return op.axis == 0 && shape(of: node.inputs[0])[0] == count
        }
        if case .cast = node.op { return isRowNumber(node.inputs[0], count: count) }
        guard case .reshape = node.op else { return false }
        return shape(of: value)[0] == shape(of: node.inputs[0])[0]
            && isRowNumber(node.inputs[0], count: count)
    }
}
