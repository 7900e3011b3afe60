import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Random numbers, which become their mean.
    static var draws: [String: Function] {
        var table: [String: Function] = [:]
        for path in [
            "K.random_normal", "K.truncated_normal", "tf.random.normal", "tf.random_normal",
            "tf.v1.random_normal", "tf.v1.random.normal", "tf.random.truncated_normal",
            "keras.random.normal", "keras.random.truncated_normal",
        ] {
            table[path] = { meaning, arguments in
                try drawn(meaning, arguments, mean: number(arguments, 1, "mean", default: 0))
            }
        }
        for path in [
            "K.random_uniform", "tf.random.uniform", "tf.random_uniform", "tf.v1.random_uniform",
            "keras.random.uniform",
        ] {
            table[path] = { meaning, arguments in
                let low = try number(arguments, 1, "minval", default: 0)
                let high = try number(arguments, 2, "maxval", default: 1)
                return try drawn(meaning, arguments, mean: (low + high) / 2)
            }
        }
        for name in ["brightness", "contrast", "saturation", "hue", "jpeg_quality"] {
            table["tf.image.random_\(name)"] = { meaning, arguments in
                meaning.note("random changes of \(name) are left out")
                return try arguments.required(0, "image")
            }
        }
        for path in ["left_right", "up_down"].map({ "tf.image.random_flip_" + $0 }) {
            table[path] = { meaning, arguments in
                meaning.note("random flips are left out")
                return try arguments.required(0, "image")
            }
        }
        return table
    }

    /// Whether no argument of a function but its first changes what it returns at inference.
    static func takesAnything(_ path: String) -> Bool {
        [
            "tf.print", "python.print", "K.print_tensor", "tf.nn.dropout", "K.dropout",
            "functools.partial",
        ].contains(path)
            || path.hasPrefix("tf.image.random_")
    }

    /// Whether the mean of random numbers does not depend on an argument: their shape, which is then that of what they
    /// meet, their deviation and the seed.
    static func canDoWithout(_ name: String?, at position: Int, of path: String) -> Bool {
        guard draws[path] != nil, !path.hasPrefix("tf.image.") else { return false }
        if let name { return !["mean", "minval", "maxval"].contains(name) }
        return path.contains("uniform") ? position == 0 : position != 1
    }

    private static func number(
        _ arguments: LambdaArguments, _ position: Int, _ name: String, default standard: Double
    ) throws -> Double {
        guard let value = arguments.value(position, name) else { return standard }
        guard let number = value.constant?.number else {
            throw LambdaFault.notUnderstood("'\(name)' of '\(arguments.function)'")
        }
        return number
    }

    /// The mean as a tensor of the shape that is asked for; a number if the shape is not known.
    private static func drawn(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, mean: Double
    ) throws -> LambdaValue {
        meaning.note("random numbers are replaced by their mean, \(mean)")
        let shape = arguments.value(0, "shape")
        let dims = (shape?.elements ?? []).compactMap(\.constant?.integer)
        guard let shape, dims.count == shape.elements?.count,
            dims.allSatisfy({ (1...1 << 16).contains($0) }),
            dims.count <= 6, dims.reduce(1.0, { $0 * Double($1) }) <= 1e6
        else { return .plain(.float(mean)) }
        return .tensor(
            meaning.builder.constant(.filled(mean, Shape(dims)), role: "mean"))
    }
}
