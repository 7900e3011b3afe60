import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems

/// `TFOpLambda`: a TensorFlow function that Keras recorded in the graph of a functional model.
struct TensorFlowOperationLayer: KerasLayer {
    static let classNames = ["TFOpLambda"]

    static let support = LayerSupport(.keras2 ... .keras2, "a function of TensorFlow, see below")

    /// Functions whose operands most files of Keras 2 do not hold.
    static let withoutOperands = ["einsum", "__operators__.eq", "__operators__.ne"]

    private static let operations = [
        "nn.gelu": "Gelu", "einsum": "Einsum", "linalg.einsum": "Einsum",
        "__operators__.eq": "Equal", "__operators__.ne": "NotEqual",
    ]

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
        guard let canonical = Self.operations[name] ?? TensorFlowVocabulary.functions[name] else {
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
        let arguments = OperationArguments(
            Self.withoutOperands.contains(function) ? try withOperands(call) : call,
            config: defaults, in: builder)
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

    /// The call with its tensors alone as operands, and the equation by name.
    ///
    /// - Throws: `Problem.Kind.unsupported` if it records no tensors.
    private func withOperands(_ call: CallContext) throws -> CallContext {
        var named = call
        let all =
            call.arguments + [call.keywords["inputs"], call.keywords["other"]].compactMap { $0 }
        named.arguments = all.flatMap { $0.elements ?? [$0] }.filter { $0.json?.string == nil }
        guard named.arguments.contains(where: { !$0.tensors.isEmpty }),
            function == "einsum" || named.arguments.count == 2
        else {
            throw Problem(
                .unsupported(
                    what: "the file does not hold the operands of '\(function)'",
                    remedy: "Use a Keras layer (EinsumDense, Dot, …) and save again."))
        }
        if let equation = all.first(where: { $0.json?.string != nil }) {
            named.keywords["equation"] = equation
        }
        named.keywords["inputs"] = nil
        return named
    }
}
