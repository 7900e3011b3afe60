import Foundations
import Problems
import Tensors

extension LayerConfig {
    /// The shape that an input layer states, batch first; free extents for `null`.
    ///
    /// Nil if it states none.
    ///
    /// Fields: `batch_input_shape` (Keras 1, 2), `batch_shape` (Keras 3), or the first element of `type_spec.config`.
    package func inputShape() throws -> Shape? {
        guard let (field, value) = statedInputShape else { return nil }
        guard let elements = value.array else {
            throw invalid(field, value, expected: "a list of extents")
        }
        return Shape(
            try elements.map { element in
                element.isNull
                    ? Shape.free : try integer(element, in: 0...Int(Int32.max), of: field)
            })
    }

    /// The first field that states a shape.
    var statedInputShape: (field: String, value: JSONValue)? {
        for field in ["batch_input_shape", "batch_shape"] {
            if let value = self[field] { return (field, value) }
        }
        let specification = self["type_spec"]?["config"]?.array?.first
        return specification.map { ("type_spec", $0) }
    }
}
