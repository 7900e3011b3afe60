import Foundations
import GraphIR
import KerasFormat
import Problems
import PythonCode

/// A function in a configuration, with the values that were stored beside its code.
package struct StoredFunction: Sendable {
    package let function: PythonFunction
    /// The values of the last parameters.
    private let defaults: [JSONValue]
    /// The values of the variables of functions around.
    private let closure: [JSONValue]

    /// Reads a function; nil if the configuration holds a name instead of code.
    ///
    /// Keras 1.0 wrote the text of the code alone, Keras up to 2 an array of code, defaults and closure, Keras 3 an object.
    /// - Parameter type: `function_type`, which tells a name from code.
    /// - Throws: `Problem` if the code is damaged.
    package init?(_ json: JSONValue, type: String? = nil) throws {
        var parts: [JSONValue] = []
        if let text = json.string, type == "lambda" {
            parts = [.string(text)]
        } else if let elements = json.array ?? json["value"]?.array
            ?? json["config"]?["value"]?.array
        {
            parts = elements
        } else if json["class_name"]?.string == "__lambda__", let config = json["config"] {
            parts = ["code", "defaults", "closure"].map { config[$0] ?? .null }
        }
        guard let code = parts.first?.string else { return nil }
        function = try PythonFunction(marshal: StoredText.bytes(code))
        defaults = parts.dropFirst().first?.array ?? []
        closure = parts.dropFirst(2).first?.array ?? []
    }

    /// The path of the function around which the code is a wrapper without a function of its own.
    ///
    /// TensorFlow wraps its functions; the closure, in which functions became names, says which one it is up to version 2.6.
    /// - Parameter module: the module that the configuration states.
    package func wrappedPath(module: String?) -> String? {
        guard isWrapper else { return nil }
        for case .string(let text) in closure {
            let name = text.hasSuffix("_v2") ? String(text.dropLast(3)) : text
            if module?.hasSuffix("backend") == true { return "K.\(name)" }
            if LambdaMeaning.tensorFlowOperation(name) != nil { return "tf.\(name)" }
        }
        return nil
    }

    /// Whether the code hands on any arguments to a function in its closure.
    package var isWrapper: Bool {
        function.code.takesAnyArguments && function.parameters.isEmpty && !closure.isEmpty
    }

    /// The global variables and functions that the code may read.
    package var globalNames: Set<String> { function.code.allNames }

    /// Whether the function reads variables of functions around it.
    package var hasClosure: Bool { !closure.isEmpty }

    /// The name that a configuration holds instead of code; a package in front is left out.
    package static func name(_ json: JSONValue) -> String? {
        let name = json.string ?? json["config"]?.string
        return name?.split(separator: ">").last.map(String.init)
    }

    /// A function that is applied: what it returns, and the expression that its code is.
    package struct Result {
        package let value: LambdaValue
        package let expression: PythonExpression
    }

    /// What the function returns for an input.
    ///
    /// - Parameters:
    ///   - arguments: values of further parameters by name.
    ///   - mask: the value of a parameter of that name.
    /// - Throws: `Problem` if the code cannot be read, `LambdaFailure` if an expression in it has no meaning here.
    package func apply(
        to x: LambdaValue, arguments: JSONObject = JSONObject(), mask: LambdaValue = .none,
        meaning: LambdaMeaning
    ) throws -> Result {
        let parameters = function.parameters
        var values: [String: PythonExpression] = [:]
        for name in parameters.dropFirst() where name == "training" || name == "mask" {
            if name == "training" || mask.isNone {
                values[name] = PythonExpression(name == "mask" ? .none : .boolean(false))
            }
        }
        let positional = parameters.prefix(function.code.counts.positional)
        for (name, value) in zip(positional.suffix(defaults.count), defaults)
        where values[name] == nil {
            values[name] = try PythonExpression(value)
        }
        for (name, value) in zip(arguments.keys, arguments.values)
        where !(name == "mask" && value.isNull) {
            values[name] = try PythonExpression(value)
        }
        let tensors = ["mask": mask].merging(
            function.input.map { [$0: x] } ?? [:], uniquingKeysWith: { $1 })
        let evaluator = PythonEvaluator(meaning, parameters: tensors)
        let expression = try function.expression(
            values.filter { $0.key != parameters.first },
            closure: closure.map { try PythonExpression($0) },
            oracle: { evaluator.plainValue(of: $0) })
        do {
            let value = try evaluator.value(of: expression)
            if case .complex = value { throw LambdaFault.complexResult }
            return Result(value: value, expression: expression)
        } catch let fault as LambdaFault {
            throw LambdaFailure(fault: fault, expression: expression)
        } catch let problem as Problem {
            throw LambdaFailure(fault: .problem(problem), expression: expression)
        }
    }
}

/// An expression without a meaning here, and why.
package struct LambdaFailure: Error {
    package let fault: LambdaFault
    package let expression: PythonExpression
}

extension PythonEvaluator where Value == LambdaValue {
    /// The value of an expression, if it is a plain one; nil for others and for what has no meaning.
    fileprivate func plainValue(of expression: PythonExpression) -> PythonConstant? {
        do {
            return try value(of: expression).constant
        } catch {
            return nil
        }
    }
}

extension PythonExpression {
    /// The value that a configuration holds.
    ///
    /// - Throws: `Problem` if it is nested too deep or none of Python's plain values.
    fileprivate convenience init(_ json: JSONValue, depth: Int = 0) throws {
        guard depth < 32 else {
            throw Problem(.tooLarge(what: "an argument of the function", value: "\(depth) levels"))
        }
        switch json {
        case .null: self.init(.none)
        case .bool(let flag): self.init(.boolean(flag))
        case .int(let value): self.init(.integer(Int(value)))
        case .double(let value): self.init(.float(value))
        case .string(let text): self.init(.string(text))
        case .array(let elements):
            self.init(.list(try elements.map { try PythonExpression($0, depth: depth + 1) }))
        case .object(let object):
            if let value = object["config"]?["value"] ?? object["value"] {
                let array = try PythonExpression(value, depth: depth + 1)
                guard array.elements != nil else {
                    self.init(array.node)
                    return
                }
                let maker = PythonExpression(.attribute(PythonExpression(name: "np"), "array"))
                self.init(.call(maker, [Argument(array)]))
            } else {
                let pairs = try zip(object.keys, object.values).map { key, value in
                    (PythonExpression(.string(key)), try PythonExpression(value, depth: depth + 1))
                }
                self.init(.dictionary(pairs.map { (key: $0.0, value: $0.1) }))
            }
        }
    }
}
