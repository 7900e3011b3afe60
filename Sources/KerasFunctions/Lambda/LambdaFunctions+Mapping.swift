import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Functions that call another one for each element of the first axis.
    static var mapping: [String: Function] {
        let paths = [
            "K.map_fn", "tf.map_fn", "tf.vectorized_map", "ops.map", "ops.vectorized_map",
        ]
        return Dictionary(uniqueKeysWithValues: paths.map { ($0, mapped) })
    }

    private static let mapped: Function = { meaning, arguments in
        // `ops.map(f, xs)`, `ops.vectorized_map(function, elements)`.
        let elements = arguments.value(1, "elems", "xs", "elements")
        guard let elements, let function = arguments.value(0, "fn", "f", "function"),
            let body = try meaning.body(function)
        else { throw LambdaFault.notUnderstood("'\(arguments.function)' of these arguments") }
        let steps = try rows(of: elements, meaning, for: arguments.function)
        return try stacked(steps.map { try body([$0]) }, meaning)
    }
}
