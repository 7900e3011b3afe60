import GraphIR
import Problems
import PythonCode

extension LambdaBody {
    /// The first layer before this one that is not an input.
    func innerLayer(_ x: LambdaValue, _ builder: GraphBuilder) -> String? {
        (x.elements ?? [x]).compactMap(\.id).first { builder.graph.producer(of: $0) != nil }
            .flatMap { builder.graph[$0].layer }
    }

    /// - Parameters:
    ///   - expression: what the function computes, as far as it could be read.
    ///   - isList: whether the function is called with a list of tensors.
    ///   - inner: the layer whose output a user of the model wants if the Lambda is for training only.
    ///   - hasFreeSizes: whether sizes of the inputs are unknown, which may be all that is missing.
    func problem(
        _ fault: LambdaFault, _ expression: PythonExpression?, isList: Bool, inner: String? = nil,
        hasFreeSizes: Bool = false
    ) -> Problem {
        let text = expression.map { PythonText(maximum: 200).text($0) }
        switch fault {
        case .callee(let name):
            let use = expression?.use(of: name)
            return missing(
                use ?? NameUse(path: name, arguments: [PythonExpression(name: "x")]), text, isList)
        case .function(let name) where Self.isLoss(name):
            return failure(
                "'\(name)' is a loss, which is for training only", text, isList: isList,
                remedy: inner.map { "End the model at the layer '\($0)' with \(.until)." }
                    ?? "End the model at the layer before it with \(.until).")
        case .global(let name):
            let use = name.split(separator: ".").first.flatMap { expression?.use(of: String($0)) }
            return missing(use ?? NameUse(path: name, arguments: functionArguments), text, isList)
        case .problem(let problem) where problem == .unknownSpatialSize && !hasFreeSizes:
            return failure(
                "it needs the number of rows", text, isList: isList,
                remedy: "Fix it with \(.batch).")
        case .problem(let problem):
            guard case .unsupported(let what, let remedy) = problem.kind, !remedy.hasSettings else {
                return problem
            }
            return failure(what, text, isList: isList)
        case .freeBatch(let name):
            return failure(
                "'\(name)' over a free batch", text, isList: isList,
                remedy: "Fix it with \(.batch).")
        case .complexResult:
            return failure(
                "it returns complex numbers, which operators of TFLite do not take", text,
                isList: isList,
                remedy: expression.map {
                    let call = PythonText(maximum: 2000).text($0)
                    return
                        "If the next layer takes their absolute values: \(.lambda) '\(layer)=tf.abs(\(call))'."
                })
        case .function(let name):
            return failure("the function '\(name)' cannot be converted", text, isList: isList)
        case .notUnderstood(let what):
            return failure(
                "\(what) cannot be converted", text, isList: isList,
                remedy: hasFreeSizes
                    ? "Fix unknown sizes with \(.inputShapes), or say what it computes with \(.lambda)."
                    : nil)
        }
    }

    private static func isLoss(_ name: String) -> Bool {
        ["ctc_", "loss", "crossentropy", "cross_entropy"].contains { name.contains($0) }
    }

    /// The arguments of a function that the file only names.
    private var functionArguments: [PythonExpression]? {
        if case .name = source { [PythonExpression(name: "x")] } else { nil }
    }

    private func missing(_ use: NameUse, _ text: String?, _ isList: Bool) -> Problem {
        guard let arguments = use.arguments else {
            return failure(
                "the file does not hold the value of '\(use.path)'", text, isList: isList,
                remedy:
                    "Say what it is: \(.lambda) '\(use.path)=\(use.isSequence ? "[0, 1, 2]" : "2")', for example."
            )
        }
        let names = ["x", "y", "z"] + arguments.indices.dropFirst(3).map { "x\($0)" }
        let parameters = names.prefix(max(arguments.count, 1)).joined(separator: ", ")
        let takesList =
            arguments.first?.elements != nil
            || isList && arguments.first.flatMap(Self.name) == parameter ?? "x"
        return failure(
            "the file does not hold the function '\(use.path)'", text, isList: isList,
            remedy:
                "Say what it computes: \(.lambda) '\(use.path)(\(parameters))=\(takesList ? "x[0]" : "x") * 2', for example."
        )
    }

    private static func name(_ expression: PythonExpression) -> String? {
        if case .name(let name) = expression.node { name } else { nil }
    }

    /// The problem with the function's text and place.
    func failure(
        _ reason: String, _ text: String?, isList: Bool, remedy: Remedy? = nil
    ) -> Problem {
        var what = "the Lambda cannot be converted: \(reason)"
        if let text { what += "; it computes \(text)" }
        if case .code(let stored) = source { what += " (\(stored.function.place))" }
        return Problem(
            .unsupported(
                what: what,
                remedy: remedy
                    ?? "Say what it computes: \(.lambda) '\(layer)=\(isList ? "x[0]" : "x") * 2', for example."
            ))
    }
}
