import Foundations
import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Settings of the session, which no file holds, and shapes.
    static let settings: [String: Function] = [
        "K.image_data_format": { _, _ in .plain(.string("channels_last")) },
        "K.image_dim_ordering": { _, _ in .plain(.string("tf")) },
        "keras.config.image_data_format": { _, _ in .plain(.string("channels_last")) },
        "keras.config.floatx": { _, _ in .plain(.string("float32")) },
        "keras.config.epsilon": { _, _ in .plain(.float(1e-7)) },
        "K.floatx": { _, _ in .plain(.string("float32")) },
        "K.epsilon": { _, _ in .plain(.float(1e-7)) },
        "K.backend": { _, _ in .plain(.string("tensorflow")) },
        "K.learning_phase": { _, _ in .plain(.integer(0)) },
        "K.int_shape": { try $0.staticShape(of: $0.tensor($1.required(0, "x"))) },
        "K.shape": { try $0.dynamicShape(of: $0.tensor($1.required(0, "x"))) },
        "tf.shape": { try $0.dynamicShape(of: $0.tensor($1.required(0, "input"))) },
        "ops.shape": { try $0.staticShape(of: $0.tensor($1.required(0, "x"))) },
        "K.ndim": { meaning, arguments in
            .integer(
                meaning.builder.shape(of: try meaning.tensor(arguments.required(0, "x"))).rank)
        },
        "tf.rank": { meaning, arguments in
            .integer(
                meaning.builder.shape(of: try meaning.tensor(arguments.required(0, "input")))
                    .rank)
        },
        "K.constant": { try literal($0, $1, shape: 2, type: "float32") },
        "K.variable": { _, arguments in
            throw LambdaFault.notUnderstood(
                "'\(arguments.function)', whose weights no file holds,")
        },
        "tf.constant": { try literal($0, $1, shape: 2, type: nil) },
        "tf.convert_to_tensor": { meaning, arguments in
            let value = try arguments.required(0, "value")
            guard value.id == nil else { return value }
            return try literal(meaning, arguments, shape: 5, type: nil)
        },
        "tf.print": { _, _ in .none },
        "tf.eye": { try identityMatrix($0, $1) },
        "tf.linalg.eye": { try identityMatrix($0, $1) },
        "K.eye": { try identityMatrix($0, $1) },
        "K.dtype": { meaning, arguments in
            try meaning.attribute("dtype", of: .tensor(meaning.tensor(arguments.required(0, "x"))))
        },
        "tf.unstack": { try unstacked($0, $1) },
        "tf.Variable": { _, arguments in
            throw LambdaFault.notUnderstood(
                "'\(arguments.function)', whose weights no file holds,")
        },
    ]

    /// Functions of `keras.backend`.
    static let backend: [String: Function] = [
        "K.sqrt": { meaning, arguments in
            let x = try arguments.required(0, "x")
            return try meaning.operation(
                "Sqrt", meaning.operation("Maximum", x, .plain(.float(0))))
        },
        "K.clip": { try clipped($0, $1) },
        "K.relu": { meaning, arguments in
            let names = [
                ("negative_slope", arguments.value(1, "alpha")),
                ("max_value", arguments.value(2, "max_value")),
                ("threshold", arguments.value(3, "threshold")),
            ]
            let config = try names.compactMap { name, value in
                try value?.argument().json.map { (name, $0) }
            }
            return try meaning.operation("ReLU", arguments.required(0, "x"), config: config)
        },
        "K.hard_sigmoid": { meaning, arguments in
            let function = try KerasActivation(
                named: "hard_sigmoid", version: meaning.version)
            let x = try meaning.tensor(arguments.required(0, "x"))
            return .tensor(try function.apply(to: x, in: meaning.builder))
        },
        "K.repeat": { meaning, arguments in
            let x = try meaning.tensor(arguments.required(0, "x"))
            let row = try meaning.builder.expandDimension(x, at: 1)
            let count = try arguments.required(1, "n")
            return try meaning.operation(
                "Tile", .tensor(row),
                config: [
                    ("repeats", .array([.int(1), meaning.plain(count) ?? .null, .int(1)]))
                ])
        },
        "K.switch": {
            try chosen($0, $1, names: ["condition", "then_expression", "else_expression"])
        },
        "tf.cond": { try chosen($0, $1, names: ["pred", "true_fn", "false_fn"]) },
        "K.in_train_phase": { try phase($0, $1, names: ["x", "alt"]) },
        "K.in_test_phase": { try phase($0, $1, names: ["alt", "x"]) },
        "K.dropout": { _, arguments in try arguments.required(0, "x") },
        "tf.nn.dropout": { _, arguments in try arguments.required(0, "x") },
        "K.batch_dot": { try batchDot($0, $1) },
    ]

    /// Borders of zeros.
    static let padding: [String: Function] = [
        "K.spatial_2d_padding": { meaning, arguments in
            let padding = try arguments.value(1, "padding")?.argument().json
            let rows =
                padding ?? .array([.array([.int(1), .int(1)]), .array([.int(1), .int(1)])])
            let none = JSONValue.array([.int(0), .int(0)])
            return try meaning.operation(
                "Pad", arguments.required(0, "x"),
                config: [("pad_width", .array([none] + (rows.array ?? []) + [none]))])
        },
        "K.temporal_padding": { meaning, arguments in
            let padding = try arguments.value(1, "padding")?.argument().json
            let none = JSONValue.array([.int(0), .int(0)])
            return try meaning.operation(
                "Pad", arguments.required(0, "x"),
                config: [
                    ("pad_width", .array([none, padding ?? .array([.int(1), .int(1)]), none]))
                ])
        },
    ]

    /// The value of a constant, which has to have the shape that it is written in; a single number is a tensor.
    ///
    /// - Parameter type: the element type if the call does not say one; nil for that of the numbers.
    private static func literal(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, shape position: Int, type: String?
    ) throws -> LambdaValue {
        if let shape = arguments.value(position, "shape") {
            return try meaning.operation(
                "BroadcastTo", arguments.required(0, "value"),
                config: [("shape", meaning.plain(shape) ?? .null)])
        }
        let value = try arguments.required(0, "value")
        if let elements = value.elements { return .array(elements) }
        guard let number = value.constant?.number else { return value }
        var name = type ?? (value.constant?.integer == nil ? "float32" : "int32")
        if case .string(let given)? = arguments.value(1, "dtype")?.constant { name = given }
        guard let dtype = DType(rawValue: name == "float64" ? "float32" : name) else {
            return value
        }
        return .tensor(
            meaning.builder.constant(NumberArray(number).constant(as: dtype), role: "constant"))
    }

    private static func clipped(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let lower = arguments.value(1, "min_value")
        var upper = arguments.value(2, "max_value")
        // Keras moves the upper bound up to the lower one.
        if let low = lower?.constant?.number, let high = upper?.constant?.number, high < low {
            upper = lower
        }
        var y = try arguments.required(0, "x")
        if let lower, let upper, let low = lower.constant?.json, let high = upper.constant?.json {
            return try meaning.operation("Clip", y, config: [("x_min", low), ("x_max", high)])
        }
        if let upper { y = try meaning.operation("Minimum", y, upper) }
        if let lower { y = try meaning.operation("Maximum", y, lower) }
        return y
    }

    /// The choice for training or that for inference, which `training` may fix.
    private static func phase(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, names: [String]
    ) throws -> LambdaValue {
        let position = names[0] == "x" ? 0 : 1
        let training = try arguments.value(2, "training").map { try meaning.isTrue($0) }
        let choices = try [
            arguments.required(position, names[0]), arguments.required(1 - position, names[1]),
        ]
        return try evaluated(choices[training == true ? 0 : 1])
    }

    /// The parts of a tensor along an axis; those of a shape are its numbers.
    private static func unstacked(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let value = try arguments.required(0, "value")
        if let elements = value.elements { return .list(elements) }
        let axis = try arguments.value(2, "axis").flatMap { try meaning.plain($0) }
        _ = arguments.value(1, "num")
        return .list(
            try meaning.operations("Unstack", [value], config: [("axis", axis ?? .int(0))])
                .map { .tensor($0) })
    }

    /// Ones on the diagonal; a shape of further matrices has to be of ones.
    static func identityMatrix(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let sizes = [
            arguments.value(0, "num_rows", "size", "N", "n"),
            arguments.value(1, "num_columns", "M"),
        ].compactMap { $0.flatMap { meaning.folded($0).constant?.integer } }
        let batch = try arguments.value(2, "batch_shape").map { try meaning.plain($0) }
        guard let rows = sizes.first, let columns = sizes.last, rows > 0, columns > 0,
            rows <= 4096, columns <= 4096,
            batch == nil || batch??.array?.allSatisfy({ $0.int == 1 }) == true
        else { throw LambdaFault.notUnderstood("the size of '\(arguments.function)'") }
        let numbers = (0..<rows * columns).map { $0 / columns == $0 % columns ? 1.0 : 0.0 }
        let dims = [Int](repeating: 1, count: batch??.array?.count ?? 0) + [rows, columns]
        return .tensor(meaning.builder.constant(Constant(numbers, Shape(dims)), role: "identity"))
    }

    /// The value of a function without parameters, or the value itself.
    private static func evaluated(_ value: LambdaValue) throws -> LambdaValue {
        if case .function(let body) = value { return try body([]) }
        return value
    }

    private static func chosen(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, names: [String]
    ) throws -> LambdaValue {
        let condition = try arguments.required(0, names[0])
        let choices = try [1, 2].map { try arguments.required($0, names[$0]) }
        guard case .tensor(let test) = condition else {
            return try evaluated(choices[meaning.isTrue(condition) ? 0 : 1])
        }
        let (a, b) = (try evaluated(choices[0]), try evaluated(choices[1]))
        let rank = meaning.builder.shape(of: try meaning.tensor(a)).rank
        // A condition of fewer axes chooses whole rows.
        let missing = max(0, rank - meaning.builder.shape(of: test).rank)
        let wide = try (0..<missing).reduce(test) { value, _ in
            try meaning.builder.expandDimension(value, at: meaning.builder.shape(of: value).rank)
        }
        return try meaning.operation("Where", .tensor(wide), a, b)
    }

    /// Products over one axis of each, for every row of the batch.
    private static func batchDot(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let builder = meaning.builder
        let x = try builder.floating(meaning.tensor(arguments.required(0, "x")))
        let y = try builder.floating(meaning.tensor(arguments.required(1, "y")))
        let (a, b) = (builder.shape(of: x), builder.shape(of: y))
        let given = arguments.value(2, "axes")
        var axes = (given?.elements ?? given.map { [$0, $0] } ?? []).compactMap(\.constant?.integer)
        if given == nil { axes = [a.rank - 1, b.rank == 2 ? 1 : b.rank - 2] }
        guard axes.count == 2, a.rank > 1, b.rank > 1, a.rank + b.rank <= 10 else {
            throw LambdaFault.notUnderstood("the axes of '\(arguments.function)'")
        }
        let (left, right) = (try a.checkedAxis(axes[0]), try b.checkedAxis(axes[1]))
        var letters = "abcdefghijklmnop".map { $0 }[...]
        let batch = letters.removeFirst()
        let shared = letters.removeFirst()
        func names(_ rank: Int, _ axis: Int) -> [Character] {
            (0..<rank).map { $0 == 0 ? batch : $0 == axis ? shared : letters.removeFirst() }
        }
        let (first, second) = (names(a.rank, left), names(b.rank, right))
        let result =
            [batch] + (first.dropFirst() + second.dropFirst()).filter { $0 != shared }
        let product = try builder.einsum(
            "\(String(first)),\(String(second))->\(String(result))", [x, y])
        guard result.count == 1 else { return .tensor(product) }
        return .tensor(try builder.expandDimension(product, at: 1))
    }
}
