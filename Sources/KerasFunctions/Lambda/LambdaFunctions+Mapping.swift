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
        let elements = try arguments.required(1, "elems")
        let tensors = try (elements.elements ?? [elements]).map { try meaning.tensor($0) }
        guard let body = try meaning.body(arguments.required(0, "fn")), let first = tensors.first
        else { throw LambdaFault.notUnderstood("'\(arguments.function)' of these arguments") }
        let count = meaning.builder.shape(of: first).dims.first ?? Shape.free
        guard count != Shape.free else { throw LambdaFault.freeBatch(arguments.function) }
        guard (1...mostElements).contains(count) else {
            throw LambdaFault.notUnderstood("'\(arguments.function)' over \(count) elements")
        }
        let rows = try (0..<count).map { index in
            let parts = try tensors.map { try meaning.item(of: .tensor($0), at: .integer(index)) }
            return try body([elements.elements == nil ? parts[0] : .list(parts)])
        }
        guard let results = rows[0].elements?.count else {
            return .tensor(
                try meaning.builder.stacked(rows.map { try meaning.tensor($0) }, axis: 0))
        }
        return .list(
            try (0..<results).map { result in
                let parts = try rows.map { row in
                    try meaning.tensor(meaning.item(of: row, at: .integer(result)))
                }
                return .tensor(try meaning.builder.stacked(parts, axis: 0))
            })
    }
}
