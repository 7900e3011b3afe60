import Foundations
import KerasFormat

/// The operation behind a TensorFlow function, and the arguments that differ from Keras 3 if a call gives none.
package struct TensorFlowDefaults {
    package let name: String
    package let config: LayerConfig

    package init(_ canonical: String) {
        var fields: [(String, JSONValue)] = []
        if let other = Self.variants[canonical] {
            name = other.name
            fields = other.fields
        } else if canonical.hasSuffix("First") {
            name = String(canonical.dropLast(5))
            fields.append(("axis", .int(0)))
            if name.hasPrefix("Arg") { fields.append(("output_type", .string("int64"))) }
        } else {
            name = canonical
        }
        if name == "Gelu" { fields.append(("approximate", .bool(false))) }
        if name == "Take" { fields.append(("batch_dims", .int(0))) }
        config = LayerConfig(JSONObject(fields))
    }

    /// Functions that are those of Keras with other arguments.
    private static let variants: [String: (name: String, fields: [(String, JSONValue)])] = [
        "MatrixTrace": ("Trace", [("axis1", .int(-2)), ("axis2", .int(-1))]),
        "InTopKSwapped": ("InTopK", [("swapped", .bool(true))]),
        "Rot90Image": ("Rot90", [("axes", .array([.int(-3), .int(-2)]))]),
        "PSNRImage": ("PSNR", [("perImage", .bool(true))]),
    ]
}
