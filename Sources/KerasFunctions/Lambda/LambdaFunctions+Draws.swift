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
                let mean = arguments.value(1, "mean")?.constant?.number ?? 0
                return try drawn(meaning, arguments, mean: mean)
            }
        }
        for path in [
            "K.random_uniform", "tf.random.uniform", "tf.random_uniform", "tf.v1.random_uniform",
            "keras.random.uniform",
        ] {
            table[path] = { meaning, arguments in
                let low = arguments.value(1, "minval")?.constant?.number ?? 0
                let high = arguments.value(2, "maxval")?.constant?.number ?? 1
                return try drawn(meaning, arguments, mean: (low + high) / 2)
            }
        }
        return table
    }

    /// The mean as a tensor of the shape that is asked for; a number if the shape is not known.
    private static func drawn(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, mean: Double
    ) throws -> LambdaValue {
        meaning.note("random numbers are replaced by their mean, \(mean)")
        let shape = try arguments.required(0, "shape")
        let dims = (shape.elements ?? []).compactMap(\.constant?.integer)
        guard dims.count == shape.elements?.count, dims.allSatisfy({ (1...1 << 16).contains($0) }),
            dims.count <= 6, dims.reduce(1.0, { $0 * Double($1) }) <= 1e6
        else { return .plain(.float(mean)) }
        return .tensor(
            meaning.builder.constant(.filled(mean, Shape(dims)), role: "mean"))
    }
}
