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

    /// Arguments that change a result and that no operation reads, each with the value that changes nothing.
    private static let unread: [String: [(name: String, harmless: JSONValue)]] = [
        "image.resize": [("preserve_aspect_ratio", .bool(false))],
        "linalg.diag": [("k", .int(0)), ("num_rows", .int(-1)), ("num_cols", .int(-1))],
        "nn.embedding_lookup": [("max_norm", .null)],
        "nn.pool": [("dilations", .int(1))],
        "nn.softmax_cross_entropy_with_logits": [("axis", .int(-1))],
        "nn.softmax_cross_entropy_with_logits_v2": [("axis", .int(-1))],
    ]

    /// The name of the function, without `compat.v1.`.
    private let function: String
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
        self.function = name
        body = try NamedOperation.named(choice.name, as: function)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let arguments = OperationArguments(call, config: defaults, in: builder)
        for (name, harmless) in Self.unread[function] ?? [] {
            guard let given = arguments.argument(nil, name), given.json != harmless,
                given.json?.array?.allSatisfy({ $0 == harmless }) != true
            else { continue }
            throw Problem(
                .unsupported(
                    what: "the argument \(name) of '\(function)' cannot be converted",
                    remedy: "Leave it out, or express the function with Keras layers."))
        }
        return try body(arguments, builder)
    }
}
