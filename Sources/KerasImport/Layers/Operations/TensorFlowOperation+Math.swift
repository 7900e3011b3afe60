import GraphIR
import Tensors

extension TensorFlowOperationLayer {
    /// Functions of two operands.
    static let arithmetic: [String: Build] = [
        "__operators__.add": { try $1.binary(.add, $0) },
        "math.add": { try $1.binary(.add, $0) },
        "math.subtract": { try $1.binary(.subtract, $0) },
        "math.multiply": { try $1.binary(.multiply, $0) },
        "math.truediv": { try $1.binary(.divide, $0) },
        "math.divide": { try $1.binary(.divide, $0) },
        "math.floordiv": { try $1.binary(.floorDivide, $0) },
        "floor_div": { try $1.binary(.floorDivide, $0) },
        "math.floormod": { try $1.binary(.floorModulo, $0) },
        "math.pow": { try $1.binary(.power, $0) },
        "math.maximum": { try $1.binary(.maximum, $0) },
        "math.minimum": { try $1.binary(.minimum, $0) },
        "math.squared_difference": { try $1.binary(.squaredDifference, $0) },
        "math.greater": { try $1.binary(.greater, $0) },
        "math.greater_equal": { try $1.binary(.greaterEqual, $0) },
        "math.less": { try $1.binary(.less, $0) },
        "math.less_equal": { try $1.binary(.lessEqual, $0) },
        "math.logical_and": { try $1.binary(.logicalAnd, $0) },
        "math.logical_or": { try $1.binary(.logicalOr, $0) },
        "nn.bias_add": { arguments, builder in
            let (x, bias) = try arguments.operands("value", "bias")
            return try builder.add(x, bias)
        },
    ]

    /// Functions of each element.
    static let elementwise: [String: Build] = [
        "math.negative": { try $1.unary(.neg, $0.input()) },
        "math.abs": { try $1.unary(.abs, $0.input()) },
        "math.square": { try $1.unary(.square, $0.input()) },
        "math.sqrt": { try $1.unary(.sqrt, $0.input()) },
        "math.rsqrt": { try $1.unary(.rsqrt, $0.input()) },
        "math.exp": { try $1.unary(.exp, $0.input()) },
        "math.log": { try $1.unary(.log, $0.input()) },
        "math.sin": { try $1.unary(.sin, $0.input()) },
        "math.cos": { try $1.unary(.cos, $0.input()) },
        "math.floor": { try $1.unary(.floor, $0.input()) },
        "math.ceil": { try $1.unary(.ceil, $0.input()) },
        "math.round": { try $1.unary(.round, $0.input()) },
        "math.sign": { try $1.unary(.sign, $0.input()) },
        "math.logical_not": { try $1.unary(.logicalNot, $0.input()) },
        "identity": { arguments, _ in try arguments.input() },
        "stop_gradient": { arguments, _ in try arguments.input() },
        "convert_to_tensor": { arguments, _ in try arguments.input() },
        "nn.dropout": { arguments, _ in try arguments.input() },
        "clip_by_value": { arguments, builder in
            guard case .tensor(let x)? = arguments.argument(0, "t") else {
                return try arguments.input()
            }
            return try builder.clamp(
                x, from: arguments.number(1, "clip_value_min"),
                to: arguments.number(2, "clip_value_max"))
        },
        "cast": { arguments, builder in
            let name = arguments.text("dtype") ?? "float32"
            let dtype = DType(rawValue: name) ?? .float32
            return try builder.cast(arguments.input(), to: dtype.isFloat ? .float32 : dtype)
        },
    ]

    /// Reductions over some axes or all.
    static let reductions: [String: Build] = [
        "math.reduce_sum": { try $1.reduce(.sum, $0) },
        "math.reduce_mean": { try $1.reduce(.mean, $0) },
        "math.reduce_max": { try $1.reduce(.max, $0) },
        "math.reduce_min": { try $1.reduce(.min, $0) },
        "math.reduce_prod": { try $1.reduce(.product, $0) },
        "math.reduce_any": { try $1.reduce(.any, $0) },
        "math.reduce_all": { try $1.reduce(.all, $0) },
    ]
}

extension GraphBuilder {
    fileprivate func binary(
        _ kind: Binary.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        let (a, b) = try arguments.operands()
        return try binary(kind, a, b)
    }

    fileprivate func reduce(
        _ kind: Reduce.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        guard case .tensor(let x)? = arguments.argument(0, "input_tensor") else {
            return try arguments.input()
        }
        let shape = shape(of: x)
        let axes = try arguments.integers(1, "axis").map(shape.checkedAxes)
        return try reduce(
            kind, x, axes: axes ?? Array(shape.dims.indices),
            keepDimensions: arguments.flag("keepdims"))
    }
}
