import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Diagonals, turned and combined matrices.
    static let diagonals: [String: Single] = [
        "Diagonal": { try $1.diagonal($0) },
        "Trace": { try $1.trace($0) },
        "Diag": { arguments, builder in
            let x = try arguments.input()
            let offset = try arguments.integer("k", default: 0)
            guard builder.shape(of: x).rank == 1 else {
                return try builder.diagonal(x, rows: 0, columns: 1, offset: offset)
            }
            return try builder.diagonalMatrix(x, offset: offset)
        },
        "Diagflat": { arguments, builder in
            try builder.diagonalMatrix(
                builder.reshape(arguments.input(), [-1]),
                offset: arguments.integer("k", default: 0))
        },
        "MatrixDiag": { arguments, builder in
            let x = try arguments.operand("diagonal")
            let rank = builder.shape(of: x).rank
            let size = try builder.shape(of: x).knownExtent(-1)
            guard size < 1 << 13 else {
                throw Problem(.tooLarge(what: "a matrix", value: "\(size)"))
            }
            let identity = (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0.0 }
            let mask = Constant(
                Tensor(dtype: .float64, shape: [size, size], copying: identity),
                as: builder.dtype(of: x))
            return try builder.multiply(
                builder.expandDimension(x, at: rank), builder.constant(mask, role: "identity"))
        },
        "MatrixDiagPart": { arguments, builder in
            let x = try arguments.operand("input")
            let rank = builder.shape(of: x).rank
            return try builder.diagonal(
                x, rows: rank - 2, columns: rank - 1,
                offset: arguments.integer("k", default: 0))
        },
        "MatrixTranspose": { arguments, builder in
            let x = try arguments.operand("a")
            var order = Array(0..<builder.shape(of: x).rank)
            guard order.count >= 2 else {
                throw Problem(.invalidShape("the input is not a matrix"))
            }
            order.swapAt(order.count - 1, order.count - 2)
            return try builder.transpose(x, order)
        },
        "Rot90": { arguments, builder in
            let x =
                try (arguments.argument(0, "array").map { try arguments.value($0) })
                ?? arguments.input()
            let axes = try arguments.integers(nil, "axes") ?? [0, 1]
            let shape = builder.shape(of: x)
            guard axes.count == 2 else { throw Problem(.missingField("axes")) }
            return try builder.turned(
                x, from: shape.checkedAxis(axes[0]), to: shape.checkedAxis(axes[1]),
                times: arguments.integer("k", default: 1))
        },
        "Kron": { arguments, builder in
            let (a, b) = try arguments.operands(float: false)
            let (left, right) = (builder.shape(of: a).dims, builder.shape(of: b).dims)
            guard left.count == right.count else {
                throw Problem(
                    .unsupported(
                        what: "a Kronecker product of tensors of different ranks is not supported",
                        remedy: "Reshape them first."))
            }
            let x = try builder.reshape(a, left.flatMap { [$0, 1] })
            let y = try builder.reshape(b, right.flatMap { [1, $0] })
            let dims = try zip(left, right).map { try checkedProduct($0, $1, "the product") }
            return try builder.reshape(builder.multiply(x, y), dims)
        },
        "Cross": { arguments, builder in
            let (a, b) = try arguments.operands("b")
            let values = try builder.commonType([a, b], float: false)
            let axis = try arguments.integer("axis", default: -1)
            let axes = try ["axisa", "axisb", "axisc"].map {
                try arguments.integer($0, default: axis)
            }
            let shape = builder.shape(of: a)
            guard axes.allSatisfy({ $0 == axes[0] }), try shape.knownExtent(axes[0]) == 3,
                try builder.shape(of: b).knownExtent(axes[0]) == 3
            else {
                throw Problem(
                    .unsupported(
                        what: "only cross products of vectors of 3 along one axis are supported",
                        remedy: "Bring the vectors to that form."))
            }
            func turned(_ index: Int, _ order: [Int]) throws -> ValueID {
                let position = try builder.shape(of: values[index]).checkedAxis(axes[0])
                return try builder.gathered(values[index], order, axis: position)
            }
            return try builder.subtract(
                builder.multiply(turned(0, [1, 2, 0]), turned(1, [2, 0, 1])),
                builder.multiply(turned(0, [2, 0, 1]), turned(1, [1, 2, 0])))
        },
        "Corrcoef": { arguments, builder in
            var x = try arguments.floatInput()
            if builder.shape(of: x).rank == 1 { x = try builder.expandDimension(x, at: 0) }
            try builder.requireRank(x, 2)
            let mean = try builder.reduce(.mean, x, axes: [1], keepDimensions: true)
            let rest = try builder.subtract(x, mean)
            let squares = try builder.reduce(
                .sum, builder.unary(.square, rest), axes: [1], keepDimensions: true)
            let unit = try builder.multiply(rest, builder.unary(.rsqrt, squares))
            let y = try builder.add(.batchMatMul(BatchMatMul(adjointB: true)), [unit, unit])
            return builder.shape(of: y).dims == [1, 1] ? try builder.reshape(y, [] as [Int]) : y
        },
    ]
}

extension GraphBuilder {
    fileprivate func diagonal(_ arguments: OperationArguments) throws -> ValueID {
        let x = try arguments.input()
        let shape = shape(of: x)
        return try diagonal(
            x, rows: shape.checkedAxis(arguments.integer("axis1", default: 0)),
            columns: shape.checkedAxis(arguments.integer("axis2", default: 1)),
            offset: arguments.integer("offset", default: 0))
    }

    /// The sum of a diagonal: of the matrix with zeros elsewhere.
    fileprivate func trace(_ arguments: OperationArguments) throws -> ValueID {
        let x = try arguments.input()
        let shape = shape(of: x)
        let rows = try shape.checkedAxis(arguments.integer("axis1", default: 0))
        let columns = try shape.checkedAxis(arguments.integer("axis2", default: 1))
        let offset = try arguments.integer("offset", default: 0)
        let (height, width) = (try shape.knownExtent(rows), try shape.knownExtent(columns))
        guard rows != columns, try checkedProduct(height, width, "the matrix") < 1 << 16 else {
            let y = try diagonal(x, rows: rows, columns: columns, offset: offset)
            return try reduce(.sum, y, axes: [self.shape(of: y).rank - 1])
        }
        var dims = [Int](repeating: 1, count: shape.rank)
        (dims[rows], dims[columns]) = (height, width)
        let isFlipped = rows > columns
        let (outer, inner) = isFlipped ? (width, height) : (height, width)
        let mask = (0..<outer * inner).map { position in
            let (first, second) = (position / inner, position % inner)
            return (isFlipped ? first - second : second - first) == offset ? UInt8(1) : 0
        }
        let isOnDiagonal = constant(
            Constant(Tensor(dtype: .bool, shape: Shape(dims), copying: mask)), role: "diagonal")
        return try reduce(
            .sum, select(isOnDiagonal, x, scalar(0, like: x)), axes: [rows, columns])
    }

    /// The matrix with these elements on a diagonal.
    fileprivate func diagonalMatrix(_ x: ValueID, offset: Int) throws -> ValueID {
        let count = try shape(of: x).knownExtent(0)
        guard count < 1 << 12, offset.magnitude < 1 << 12 else {
            throw Problem(.tooLarge(what: "a matrix", value: "\(count)"))
        }
        let size = count + Int(offset.magnitude)
        let columns = (max(offset, 0), max(-offset, 0))
        let isDiagonal = (0..<size * size).map { $0 % size - $0 / size == offset ? 1.0 : 0.0 }
        let mask = constant(
            Constant(
                Constant(isDiagonal, [size, size]).tensor(), as: .bool), role: "diagonal")
        return try select(mask, pad(x, [PadAmount(columns.0, columns.1)]), scalar(0, like: x))
    }

    /// The plane of two axes turned by right angles.
    fileprivate func turned(
        _ x: ValueID, from first: Int, to second: Int, times: Int
    ) throws -> ValueID {
        var order = Array(0..<shape(of: x).rank)
        order.swapAt(first, second)
        switch ((times % 4) + 4) % 4 {
        case 1: return try transpose(reversed(x, axes: [second]), order)
        case 2: return try reversed(x, axes: [first, second].sorted())
        case 3: return try reversed(transpose(x, order), axes: [second])
        default: return x
        }
    }
}
