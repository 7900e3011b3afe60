import Problems
import PythonCode

/// What the caller says about code that files do not hold, or that is not understood.
package struct LambdaDefinitions: Sendable {
    /// A function of the author's that the code calls.
    package struct Function: Sendable {
        package let parameters: [String]
        package let body: PythonExpression
    }

    /// What layers compute, and the values of global variables.
    package private(set) var values: [String: PythonExpression] = [:]
    package private(set) var functions: [String: Function] = [:]

    package init() {}

    /// Adds `LAYER=x / 127.5 - 1`, `helper(x)=x * 3` or `n_classes=10`.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if the text has no such form, or says something twice.
    package mutating func add(_ text: String) throws {
        guard let sign = text.firstIndex(of: "=") else { throw Self.malformed(text) }
        let name = text[..<sign].trimmingSpaces()
        let body = try PythonParser.expression(String(text[text.index(after: sign)...]))
        guard !name.isEmpty, values[name] == nil, functions[name] == nil else {
            throw Self.malformed(text)
        }
        guard name.hasSuffix(")"), let bracket = name.firstIndex(of: "(") else {
            values[name] = body
            return
        }
        let parameters = name[name.index(after: bracket)...].dropLast().split(separator: ",")
        functions[name[..<bracket].trimmingSpaces()] = Function(
            parameters: parameters.map { $0.trimmingSpaces() }, body: body)
    }

    private static func malformed(_ text: String) -> Problem {
        Problem(
            .invalidArgument(
                "'\(text)' does not say what a Lambda computes, or says it again",
                remedy: "Write LAYER=x / 127.5 - 1, helper(x)=x * 3 or n_classes=10."))
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
