import Foundations
import GraphIR
import KerasFormat
import Problems
import PythonCode
import Tensors

/// What a layer or activation computes that holds a function of Python.
package struct LambdaBody: Sendable {
    enum Source: Sendable {
        case code(StoredFunction)
        /// A function that the file names only.
        case name(String)
        /// A function of a module, around which the code is a wrapper.
        case path(String)
    }

    let source: Source
    let layer: String
    private let version: KerasVersion
    private let definitions: LambdaDefinitions

    /// Reads the function that a configuration holds.
    ///
    /// - Parameters:
    ///   - json: the field that holds it, and `type` its `function_type`.
    ///   - module: `module`, in which the function was defined.
    ///   - layer: the name of the layer, under which `definitions` may say what it computes.
    /// - Throws: `Problem` if stored code is damaged.
    package init(
        _ json: JSONValue, type: String? = nil, module: String? = nil, layer: String,
        version: KerasVersion,
        definitions: LambdaDefinitions
    ) throws {
        self.layer = layer
        self.version = version
        self.definitions = definitions
        if let function = try StoredFunction(json, type: type) {
            source = function.wrappedPath(module: module).map { .path($0) } ?? .code(function)
        } else {
            source = .name(StoredFunction.name(json) ?? "")
        }
        guard !isDefined else { return }
        switch source {
        case .code(let function) where function.isWrapper:
            let home = module.map { " of '\($0)'" } ?? ""
            throw failure(
                "the file holds a wrapper, which does not say what function\(home) it is around",
                nil, isList: false)
        case .name(let name) where !LambdaMeaning.isKnown(name):
            throw name.isEmpty || name == "<lambda>"
                ? failure("the file does not hold its code", nil, isList: false)
                : problem(.global(name), nil, isList: false)
        default: return
        }
    }

    /// Whether the caller says what the layer computes, by its name or its path.
    private var isDefined: Bool {
        definitions.values.keys.contains { $0 == layer || $0.hasSuffix("/" + layer) }
            || functionName.map { definitions.functions[$0] != nil } ?? false
    }

    private var functionName: String? {
        if case .name(let name) = source { name } else { nil }
    }

    /// The tensors that the function returns, and notes for the reader of the summary.
    ///
    /// - Throws: `Problem` with the text of the function, what is not understood, and a way out.
    package func apply(
        to x: LambdaValue, arguments: JSONObject = JSONObject(), mask: LambdaValue = .none,
        in builder: GraphBuilder
    ) throws -> [ValueID] {
        let meaning = LambdaMeaning(
            builder: builder, version: version, definitions: definitions,
            dividesIntegers: dividesIntegers)
        let isList = x.elements != nil
        let hasFreeSizes = (x.elements ?? [x]).compactMap(\.id).contains {
            builder.shape(of: $0).dims.dropFirst().contains(Shape.free)
        }
        do {
            let (value, text) = try result(x, arguments, mask, meaning)
            let tensors = try (value.elements ?? [value]).map { element in
                guard case .tensor(let id) = element else {
                    throw self.failure("it does not return tensors", text, isList: isList)
                }
                return id
            }
            let inputs = (x.elements ?? [x]).compactMap(\.id)
            let doubts = doubts(about: text, on: inputs, builder)
            builder.remark(
                ([text] + meaning.notes + doubts).joined(separator: "; "), on: inputs)
            return tensors
        } catch let failure as LambdaFailure {
            throw problem(
                failure.fault, failure.expression, isList: isList, inner: innerLayer(x, builder),
                hasFreeSizes: hasFreeSizes)
        } catch let fault as LambdaFault {
            throw problem(
                fault, nil, isList: isList, inner: innerLayer(x, builder),
                hasFreeSizes: hasFreeSizes)
        } catch let problem as Problem {
            guard case .unsupported(let what, let remedy) = problem.kind, remedy.isEmpty else {
                throw problem
            }
            throw failure(what, nil, isList: isList)
        }
    }

    /// What makes stored code doubtful though it is understood.
    private func doubts(
        about text: String, on inputs: [ValueID], _ builder: GraphBuilder
    ) -> [String] {
        guard case .code(let stored) = source else { return [] }
        var doubts: [String] = []
        let isRepeated = builder.remarks.contains {
            $0.layer != builder.layer && $0.inputs == inputs && $0.text.hasPrefix(text)
        }
        if stored.hasClosure, isRepeated {
            doubts.append(
                "another layer computes the same, as if it was made in a loop, of which Keras saves the last values"
            )
        }
        if stored.function.mayHaveChangedConstants {
            doubts.append("Keras on Windows may have changed its integers")
        }
        return doubts
    }

    private var dividesIntegers: Bool {
        guard case .code(let stored) = source else { return false }
        return stored.function.version == .python27
            && stored.function.code.counts.flags & 0x2000 == 0
    }

    private func result(
        _ x: LambdaValue, _ arguments: JSONObject, _ mask: LambdaValue, _ meaning: LambdaMeaning
    ) throws -> (LambdaValue, text: String) {
        let path = meaning.builder.layer
        if let expression = definitions.value(path) ?? definitions.value(layer) {
            return try evaluated(expression, ["x": x].merging(ownParameter(x)) { $1 }, meaning)
        }
        switch source {
        case .code(let function):
            let result = try function.apply(
                to: x, arguments: arguments, mask: mask, meaning: meaning)
            return (result.value, PythonText(maximum: 200).text(result.expression))
        case .name(let name):
            if let function = definitions.function(name), let parameter = function.parameters.first
            {
                return try evaluated(function.body, [parameter: x], meaning)
            }
            return (try meaning.named(name, x, arguments), "\(name)(x)")
        case .path(let path):
            return (try meaning.call(path, x, arguments), "\(path)(x)")
        }
    }

    /// The value of the function's own parameter, by whose name the caller may call it.
    private func ownParameter(_ x: LambdaValue) -> [String: LambdaValue] {
        parameter.map { [$0: x] } ?? [:]
    }

    /// The name of the parameter that is the layer's input; nil if the file does not hold the code.
    var parameter: String? {
        guard case .code(let stored) = source else { return nil }
        return stored.function.input
    }

    private func evaluated(
        _ expression: PythonExpression, _ parameters: [String: LambdaValue],
        _ meaning: LambdaMeaning
    ) throws -> (LambdaValue, text: String) {
        do {
            let value = try PythonEvaluator(meaning, parameters: parameters).value(of: expression)
            return (value, PythonText(maximum: 200).text(expression))
        } catch let fault as LambdaFault {
            throw LambdaFailure(fault: fault, expression: expression)
        } catch let problem as Problem {
            throw LambdaFailure(fault: .problem(problem), expression: expression)
        }
    }
}

extension LambdaMeaning {
    /// Whether Keras has a function of a name that a file may hold instead of code.
    fileprivate static func isKnown(_ name: String) -> Bool {
        isActivation(name) || kerasOperation(name) != nil
    }

    private static func isActivation(_ name: String) -> Bool {
        name == "swish" || KerasActivation.names.contains { $0.key == name }
    }

    /// A function of Keras' own that a file names.
    fileprivate func named(
        _ name: String, _ x: LambdaValue, _ arguments: JSONObject
    ) throws -> LambdaValue {
        let module = Self.isActivation(name) ? "keras.activations" : "ops"
        return try call("\(module).\(name)", x, arguments)
    }

    /// A function of a module, on the layer's input and the arguments in the configuration.
    fileprivate func call(
        _ path: String, _ x: LambdaValue, _ arguments: JSONObject
    ) throws -> LambdaValue {
        let keywords = zip(arguments.keys, arguments.values).map {
            (name: $0, value: LambdaValue($1))
        }
        return try call(.path(path), [x], keywords)
    }
}
