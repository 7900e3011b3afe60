import Foundations
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
    /// Whether a definition that nothing in the model asks for is an error; not if it may be for another model.
    package var requiresUse = true
    /// The names that were asked for; shared by copies.
    private var used = Locked<Set<String>>([])

    package init() {}

    /// The same definitions, none of which was asked for.
    package var unused: LambdaDefinitions {
        var copy = self
        copy.used = Locked([])
        return copy
    }

    /// The names that were never asked for.
    package var unusedNames: [String] {
        let used = used.withLock { $0 }
        return (Array(values.keys) + functions.keys).filter { !used.contains($0) }.sorted()
    }

    /// The expression that a name means.
    func value(_ name: String) -> PythonExpression? {
        noting(name, values[name])
    }

    /// Whether something is defined that belongs to a module of the author's.
    func hasMembers(of module: String) -> Bool {
        (Array(values.keys) + functions.keys).contains { $0.hasPrefix(module + ".") }
    }

    /// The function that a name means.
    func function(_ name: String) -> Function? {
        noting(name, functions[name])
    }

    private func noting<Definition>(_ name: String, _ found: Definition?) -> Definition? {
        if found != nil { used.withLock { _ = $0.insert(name) } }
        return found
    }

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
