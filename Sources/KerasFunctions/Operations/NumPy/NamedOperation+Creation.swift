import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Tensors of constants in the shape of another one, and parts of matrices.
    static let creation: [String: Single] = [
        "ZerosLike": { try $1.filled($0, with: 0) },
        "OnesLike": { try $1.filled($0, with: 1) },
        "FullLike": { arguments, builder in
            guard let fill = arguments.argument(1, "fill_value") else {
                throw Problem(.missingField("fill_value"))
            }
            let zeros = try builder.filled(arguments, with: 0)
            let values = try builder.commonType(
                [zeros, arguments.value(fill, like: zeros)], float: false)
            return try builder.add(values[0], values[1])
        },
        "Fill": { arguments, builder in
            guard let shape = try arguments.shapeExtents("dims", position: 0) else {
                throw Problem(.missingField("dims"))
            }
            let value = try arguments.number(1, "value")
            return try builder.filled(shape, with: value, .float32)
        },
        "Zeros": { try $1.filled($0.required(shape: "shape"), with: 0, $0.floatType()) },
        "Ones": { try $1.filled($0.required(shape: "shape"), with: 1, $0.floatType()) },
        "EmptyLike": { try $1.filled($0, with: 0) },
        "Shape": { try $1.shapeVector($0.input()) },
        "Size": { arguments, builder in
            try builder.reduce(
                .product, builder.shapeVector(arguments.input()), axes: [0])
        },
        "Ndim": { arguments, builder in
            let rank = try builder.shape(of: arguments.input()).rank
            return builder.constant(Constant([rank], []), role: "rank")
        },
        "Tril": { arguments, builder in
            let k = try arguments.integer("k", default: 0)
            return try builder.band(arguments.input()) { row, column in column - row <= k }
        },
        "Triu": { arguments, builder in
            let k = try arguments.integer("k", default: 0)
            return try builder.band(arguments.input()) { row, column in column - row >= k }
        },
        "BandPart": { arguments, builder in
            let lower = try arguments.integer("num_lower")
            let upper = try arguments.integer("num_upper")
            return try builder.band(arguments.input()) { row, column in
                (lower < 0 || row - column <= lower) && (upper < 0 || column - row <= upper)
            }
        },
        "SequenceMask": { arguments, builder in
            let lengths = try arguments.operand("lengths")
            guard let count = try arguments.integers(1, "maxlen")?.first, count > 0 else {
                throw Problem.unknownSpatialSize
            }
            try checkList(count, "the mask")
            let positions = builder.constant(
                Constant(Array(0..<count), [count]), role: "positions")
            let column = try builder.cast(
                builder.expandDimension(lengths, at: builder.shape(of: lengths).rank), to: .int32)
            let mask = try builder.binary(.less, positions, column)
            let dtype = try arguments.elementType("dtype") ?? .bool
            return try builder.cast(mask, to: dtype)
        },
    ]
}

extension OperationArguments {
    /// The extents of the shape that is the first argument.
    fileprivate func required(shape name: String) throws -> [Extent] {
        guard let shape = try shapeExtents(name, position: 0) else {
            throw Problem(.missingField(name))
        }
        return shape
    }

    /// The element type that `dtype` names, floats by default.
    fileprivate func floatType() throws -> DType {
        let type = try elementType("dtype") ?? .float32
        return type.isFloat ? .float32 : type
    }
}

extension GraphBuilder {
    /// One number under a shape whose extents may follow from values.
    fileprivate func filled(
        _ shape: [Extent], with value: Double, _ type: DType
    ) throws -> ValueID {
        let dims = shape.compactMap { if case .known(let extent) = $0 { extent } else { nil } }
        let isKnown = dims.count == shape.count
        guard !shape.contains(.rest) else { throw OperationArguments.unknown("shape") }
        let number = Constant(Constant.filled(value, .scalar).tensor(), as: type)
        guard isKnown else { return try broadcast(constant(number, role: "fill"), shape) }
        _ = try dims.reduce(1) { try checkedProduct($0, $1, "the shape") }
        return constant(number.broadcast(to: Shape(dims)), role: "fill")
    }

    /// One number in the shape and type of a call's input.
    fileprivate func filled(_ arguments: OperationArguments, with value: Double) throws -> ValueID {
        let x = try arguments.input()
        let name = try arguments.elementType("dtype")
        let type = name ?? dtype(of: x)
        let ones = try ones(like: x)
        return try cast(
            value == 1 ? ones : binary(.multiply, ones, value), to: type.isFloat ? .float32 : type)
    }

    /// The extents of x as a tensor; those that are free are counted when the model runs.
    func shapeVector(_ x: ValueID) throws -> ValueID {
        let dims = shape(of: x).dims
        if Shape(dims).isStatic {
            return constant(Constant(dims, [dims.count]), role: "shape")
        }
        return try add(.shapeOf(ShapeOf()), [x])
    }

    /// The elements of matrices where `keeps` holds for row and column, 0 elsewhere.
    fileprivate func band(_ x: ValueID, _ keeps: (Int, Int) -> Bool) throws -> ValueID {
        let (rows, columns) = (try shape(of: x).knownExtent(-2), try shape(of: x).knownExtent(-1))
        let count = try checkedProduct(rows, columns, "the matrix")
        guard count < 1 << 26 else { throw Problem(.tooLarge(what: "a matrix", value: "\(count)")) }
        let flags = (0..<count).map { keeps($0 / columns, $0 % columns) ? 1.0 : 0.0 }
        let mask = Constant(
            Tensor(dtype: .float64, shape: [rows, columns], copying: flags), as: dtype(of: x))
        let kind: Binary.Kind = dtype(of: x) == .bool ? .logicalAnd : .multiply
        return try binary(kind, x, constant(mask, role: "band"))
    }
}
