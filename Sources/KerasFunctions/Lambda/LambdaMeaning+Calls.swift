import Foundations
import GraphIR
import KerasFormat
import Problems
import PythonCode

extension LambdaMeaning {
    package func call(
        _ function: LambdaValue, _ arguments: [LambdaValue],
        _ keywords: [(name: String, value: LambdaValue)]
    ) throws -> LambdaValue {
        switch function {
        case .path(let path):
            return try call(
                path, LambdaArguments(function: path, positional: arguments, named: keywords))
        case .method(let value, let name):
            return try method(
                name, of: value,
                LambdaArguments(function: name, positional: arguments, named: keywords))
        case .function(let body):
            let harmless = ["training", "mask", "name"]
            if let keyword = keywords.first(where: { !harmless.contains($0.name) }) {
                throw LambdaFault.notUnderstood("the argument '\(keyword.name)' of a function")
            }
            return try body(arguments)
        case .plain(.string(let name)):
            return try call(
                named: name,
                LambdaArguments(function: name, positional: arguments, named: keywords))
        default: throw LambdaFault.notUnderstood("a call of a value that is not a function")
        }
    }

    /// A call of an element type, or of a function of which the code's surroundings kept the name alone.
    private func call(named name: String, _ arguments: LambdaArguments) throws -> LambdaValue {
        if let convert = LambdaFunctions.special("np.\(name)") {
            return try convert(self, arguments)
        }
        guard let defined = definitions.function(name) else { throw LambdaFault.callee(name) }
        return try apply(defined, arguments)
    }

    /// The value as a function of one or more values; nil if it is none.
    ///
    /// - Throws: `LambdaFault.callee` if only the name of a function is known.
    func body(_ value: LambdaValue) throws -> (([LambdaValue]) throws -> LambdaValue)? {
        switch value {
        case .function(let body): return body
        case .path, .method, .plain(.string): return { try self.call(value, $0, []) }
        default: return nil
        }
    }

    func call(_ path: String, _ arguments: LambdaArguments) throws -> LambdaValue {
        if let defined = definitions.function(path) { return try apply(defined, arguments) }
        if let result = try LambdaFunctions.complex(path, self, arguments) { return result }
        if LambdaFunctions.isOnNumbers(path, arguments), let special = LambdaFunctions.special(path)
        {
            let result = try special(self, arguments)
            if !LambdaFunctions.takesAnything(path) { try arguments.requireAllAsked() }
            return result
        }
        if let composite = LambdaComposite.named(path) {
            return try PythonEvaluator(self, parameters: composite.values(of: arguments, self))
                .value(of: composite.body())
        }
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        let leaf = path.split(separator: ".").last.map(String.init) ?? path
        switch parts.first {
        case "K":
            if let text = LambdaSignatures.backend[leaf] {
                return try operation(LambdaSignature(text), LayerConfig(JSONObject()), arguments)
            }
        case "tf":
            let name = parts[1].replacing("v1.", with: "", maxReplacements: 1)
            if let canonical = Self.tensorFlowOperation(name) {
                if let result = try number(canonical, arguments) { return result }
                let choice = TensorFlowDefaults(canonical)
                if let text = LambdaSignatures.tensorFlow[leaf]
                    ?? LambdaSignatures.operands(of: choice.name)
                {
                    return try operation(
                        LambdaSignature("\(choice.name) \(text)"), choice.config, arguments)
                }
            }
        case "ops", "np":
            if let name = Self.kerasOperation(leaf), let result = try number(name, arguments) {
                return result
            }
            if let name = Self.kerasOperation(leaf),
                let text = LambdaSignatures.operations[name] ?? LambdaSignatures.operands(of: name)
            {
                return try operation(
                    LambdaSignature("\(name) \(text)"), LayerConfig(JSONObject()), arguments)
            }
        case "keras" where path == "keras.activations.get":
            guard case .string(let name)? = try arguments.required(0, "identifier").constant else {
                return try arguments.required(0, "identifier")
            }
            return .path("keras.activations.\(name)")
        case "keras" where path.hasPrefix("keras.activations."):
            return try activation(leaf, arguments)
        default: break
        }
        guard let root = parts.first, LambdaNames.isModule(root) else {
            throw LambdaFault.global(path)
        }
        throw LambdaFault.function(path.replacing("python.", with: "", maxReplacements: 1))
    }

    private func activation(
        _ name: String, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        if let text = LambdaSignatures.activations[name] {
            return try operation(LambdaSignature(text), LayerConfig(JSONObject()), arguments)
        }
        guard arguments.positional.count + arguments.named.count == 1 else {
            throw LambdaFault.notUnderstood("an argument of '\(arguments.function)'")
        }
        let function = try KerasActivation(named: name, version: version)
        let x = try builder.floating(tensor(arguments.required(0, "x")))
        return .tensor(try function.apply(to: x, in: builder))
    }

    /// A function that the caller has described.
    private func apply(
        _ function: LambdaDefinitions.Function, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        var values = Dictionary(
            zip(function.parameters, arguments.positional), uniquingKeysWith: { $1 })
        for (name, value) in arguments.named { values[name] = value }
        guard values.count == function.parameters.count,
            function.parameters.allSatisfy({ values[$0] != nil })
        else {
            throw LambdaFault.notUnderstood("'\(arguments.function)' with these arguments")
        }
        return try entering {
            try PythonEvaluator(self, parameters: values).value(of: function.body)
        }
    }

    /// Follows a function, unless it has called itself too often.
    func entering(_ body: () throws -> LambdaValue) throws -> LambdaValue {
        depth += 1
        defer { depth -= 1 }
        guard depth < 16 else { throw LambdaFault.notUnderstood("a function that calls itself") }
        return try body()
    }

    private func operation(
        _ signature: LambdaSignature, _ config: LayerConfig, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let name = signature.operation
        let outputs = try NamedOperation.named(name, as: arguments.function)(
            arguments.arguments(of: signature, config: config, in: builder), builder)
        guard NamedOperation.hasSeveralOutputs(name) else { return .tensor(outputs[0]) }
        return .list(outputs.map { .tensor($0) })
    }

    /// The operation behind a function of TensorFlow, which may be written without its module.
    static func tensorFlowOperation(_ name: String) -> String? {
        if let alias = tensorFlowAliases[name] { return alias }
        let leaf = name.split(separator: ".").last.map(String.init) ?? name
        let modules = ["", "math.", "nn.", "linalg.", "image."]
        return ([name] + modules.map { $0 + leaf }).lazy
            .compactMap { TensorFlowVocabulary.functions[$0] }.first
    }

    /// Names of TensorFlow 1, and functions that Keras never records.
    private static let tensorFlowAliases = [
        "div": "Divide", "to_float": "Cast", "neg": "Negative", "sub": "Subtract",
        "mul": "Multiply",
        "pack": "Stack", "einsum": "Einsum", "linalg.einsum": "Einsum", "nn.swish": "Silu",
        "nn.gelu": "Gelu", "realdiv": "TrueDivide", "linalg.norm": "Norm", "Print": "Identity",
        "nn.lrn": "LocalResponseNormalization", "image.sobel_edges": "SobelEdges",
    ]

    /// The operation that a function of `keras.ops` makes: `expand_dims` makes `ExpandDims`.
    static func kerasOperation(_ name: String) -> String? {
        let camel = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
        return [camel, camel.uppercased()].first { NamedOperation.isKnown($0) }
    }
}
