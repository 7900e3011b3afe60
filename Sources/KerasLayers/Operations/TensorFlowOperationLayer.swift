import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems

/// `TFOpLambda`: a TensorFlow function that Keras recorded in the graph of a functional model.
struct TensorFlowOperationLayer: KerasLayer {
    static let classNames = ["TFOpLambda"]

    static let support = LayerSupport(.keras2 ... .keras2, "a function of TensorFlow, see below")

    /// Functions whose operands files of Keras 2 do not hold.
    static let withoutOperands = ["einsum", "__operators__.eq", "__operators__.ne"]

    private let body: NamedOperation.Build
    /// What TensorFlow takes for arguments that a call leaves out, if Keras 3 takes something else.
    private let defaults: LayerConfig

    init(config: LayerConfig, context: LayerContext) throws {
        let function = try config.string("function")
        let name = function.hasPrefix("compat.v1.") ? String(function.dropFirst(10)) : function
        if Self.withoutOperands.contains(name) {
            throw Problem(
                .unsupported(
                    what: "the file does not hold the operands of '\(function)'",
                    remedy: "Use a Keras layer (EinsumDense, Dot, …) and save again."))
        }
        let canonical = name == "nn.gelu" ? "Gelu" : TensorFlowVocabulary.functions[name]
        guard let canonical else {
            throw Problem(
                .unsupported(
                    what: "the TensorFlow function '\(function)' cannot be converted",
                    remedy: "Express it with Keras layers."))
        }
        let choice = TensorFlowDefaults(canonical)
        defaults = choice.config
        body = try NamedOperation.named(choice.name, as: function)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        try body(OperationArguments(call, config: defaults, in: builder), builder)
    }
}

/// The operation behind a TensorFlow function, and the arguments that differ from Keras 3 if a call gives none.
struct TensorFlowDefaults {
    let name: String
    let config: LayerConfig

    init(_ canonical: String) {
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
