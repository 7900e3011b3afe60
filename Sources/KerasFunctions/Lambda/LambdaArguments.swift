import Foundations
import GraphIR
import KerasFormat
import PythonCode

/// The arguments of a call in the code of a Lambda.
struct LambdaArguments {
    let function: String
    let positional: [LambdaValue]
    let named: [(name: String, value: LambdaValue)]
    private let asked = Asked()

    /// The names that were asked for.
    private final class Asked {
        var names: Set<String> = []
    }

    /// Arguments that change no value at inference, or that the mean of random numbers does not depend on.
    private static let harmless: Set = [
        "name", "seed", "noise_shape", "rate", "level", "stddev", "parallel_iterations",
        "back_prop",
        "swap_memory", "infer_shape", "shape_invariants", "unroll",
        "fn_output_signature", "message", "summarize", "out_type",
        "output_stream", "sep", "end", "strict", "dtype",
    ]

    /// - Throws: `LambdaFault` if there is an argument by name that was never asked for and may change the result.
    func requireAllAsked() throws {
        let unread = named.map(\.name).filter { !asked.names.union(Self.harmless).contains($0) }
        guard let name = unread.first else { return }
        throw LambdaFault.notUnderstood("the argument '\(name)' of '\(function)'")
    }

    /// The same call with another first argument.
    func replacingFirst(_ value: LambdaValue) -> LambdaArguments {
        LambdaArguments(
            function: function, positional: [value] + positional.dropFirst(), named: named)
    }

    init(
        function: String, positional: [LambdaValue],
        named: [(name: String, value: LambdaValue)] = []
    ) {
        self.function = function
        self.positional = positional
        self.named = named
    }

    /// The argument at a position or under one of these names; nil if it is missing or None.
    func value(_ position: Int?, _ names: String...) -> LambdaValue? {
        asked.names.formUnion(names)
        var found: LambdaValue?
        if let position, positional.indices.contains(position) { found = positional[position] }
        found = found ?? named.first { names.contains($0.name) }?.value
        return found?.isNone == true ? nil : found
    }

    /// An argument that has to be there.
    func required(_ position: Int?, _ name: String) throws -> LambdaValue {
        guard let value = value(position, name) else {
            throw LambdaFault.notUnderstood("'\(function)' without '\(name)'")
        }
        return value
    }

    /// The arguments in the words of an operation.
    ///
    /// - Throws: `LambdaFault` if the function has no such argument.
    func arguments(
        of signature: LambdaSignature, config: LayerConfig, in builder: GraphBuilder
    ) throws -> OperationArguments {
        var operands: [Int: CallArgument] = [:]
        var others: [String: CallArgument] = [:]
        var defaults = config.object
        for parameter in signature.parameters where parameter.standard != nil {
            defaults[parameter.name] = parameter.standard
        }
        for (index, value) in positional.enumerated() {
            guard let parameter = signature.parameter(at: index) else {
                throw LambdaFault.notUnderstood("argument \(index + 1) of '\(function)'")
            }
            if parameter.isOperand {
                operands[index] = try value.argument()
            } else {
                others[parameter.name] = try value.argument()
            }
        }
        for (name, value) in named where name != "name" {
            guard let (index, parameter) = signature.parameter(named: name) else {
                throw LambdaFault.notUnderstood("the argument '\(name)' of '\(function)'")
            }
            if parameter.isOperand {
                operands[index] = try value.argument()
            } else {
                others[parameter.name] = try value.argument()
            }
        }
        let ordered = operands.keys.sorted()
        let first = ordered.first ?? 0
        guard ordered == Array(first..<first + ordered.count) else {
            throw LambdaFault.notUnderstood("'\(function)' without its operands")
        }
        return OperationArguments(
            positional: ordered.compactMap { operands[$0] }, named: others,
            config: LayerConfig(defaults), in: builder)
    }
}

/// The operation behind a function, and the names of its arguments in order.
///
/// Written as one text: `Sum _x|input axis keepdims=false`. An underscore marks operands, which operations find by position;
/// names behind a bar mean the same argument.
struct LambdaSignature {
    struct Parameter {
        let names: [String]
        let isOperand: Bool
        /// What the function takes if a call leaves the argument out.
        let standard: JSONValue?

        var name: String { names[0] }
    }

    let operation: String
    let parameters: [Parameter]

    init(_ text: String) {
        let words = text.split(separator: " ")
        operation = String(words.first ?? "")
        parameters = words.dropFirst().map { word in
            let parts = word.split(separator: "=", maxSplits: 1)
            let isOperand = word.hasPrefix("_")
            return Parameter(
                names: parts[0].drop { $0 == "_" }.split(separator: "|").map(String.init),
                isOperand: isOperand,
                standard: parts.count > 1 ? Self.value(String(parts[1])) : nil)
        }
    }

    private static func value(_ text: String) -> JSONValue {
        if let integer = Int64(text) { return .int(integer) }
        if let number = Double(text) { return .double(number) }
        return text == "true" || text == "false" ? .bool(text == "true") : .string(text)
    }

    func parameter(at index: Int) -> Parameter? {
        parameters.indices.contains(index) ? parameters[index] : nil
    }

    /// The parameter of a name, or of the name that it has today.
    func parameter(named name: String) -> (Int, Parameter)? {
        let names = [name, Self.earlierNames[name]].compactMap { $0 }
        return parameters.enumerated().first { entry in
            names.contains { entry.element.names.contains($0) }
        }.map { ($0.offset, $0.element) }
    }

    /// What arguments were called in TensorFlow 1 and Keras 1.
    private static let earlierNames = [
        "keep_dims": "keepdims", "dim": "axis", "reduction_indices": "axis", "squeeze_dims": "axis",
        "concat_dim": "axis", "dimension": "axis",
    ]
}
