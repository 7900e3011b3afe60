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

    private static let mostElements = 256

    private static let mapped: Function = { meaning, arguments in
        guard case .function(let body) = try arguments.required(0, "fn"),
            case .tensor(let x) = try arguments.required(1, "elems")
        else { throw LambdaFault.notUnderstood("'\(arguments.function)' of these arguments") }
        let count = meaning.builder.shape(of: x).dims.first ?? Shape.free
        guard count != Shape.free else {
            throw LambdaFault.notUnderstood("'\(arguments.function)' over a free batch")
        }
        guard (1...mostElements).contains(count) else {
            throw LambdaFault.notUnderstood("'\(arguments.function)' over \(count) elements")
        }
        let rows = try (0..<count).map { index in
            let row = try meaning.item(of: .tensor(x), at: .integer(index))
            return try meaning.tensor(body([row]))
        }
        return .tensor(try meaning.builder.stacked(rows, axis: 0))
    }
}
