import PythonCode

/// A function that is an expression of others.
package struct LambdaComposite {
    let path: String
    /// The parameters, with the text of what each stands for if a call leaves it out.
    let parameters: [(name: String, standard: String?)]
    private let text: String

    /// The composite at a path; nil if it is none.
    static func named(_ path: String) -> LambdaComposite? {
        table[path.replacing("tf.v1.", with: "tf.", maxReplacements: 1)]
    }

    /// Reads `tf.nn.silu(features, beta=1.0): features * tf.sigmoid(beta * features)`.
    private init?(_ line: Substring) {
        let parts = line.split(separator: "): ", maxSplits: 1)
        guard parts.count == 2, let bracket = parts[0].firstIndex(of: "(") else { return nil }
        path = String(parts[0][..<bracket])
        let list = parts[0][parts[0].index(after: bracket)...]
        parameters = list.split(separator: ", ").map { parameter in
            let sides = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            return (sides[0], sides.count > 1 ? sides[1] : nil)
        }
        text = String(parts[1])
    }

    package func body() throws -> PythonExpression { try PythonParser.expression(text) }

    /// The values of the parameters in a call.
    ///
    /// - Throws: `LambdaFault` if an argument is missing, or is not one of the function's.
    func values(
        of arguments: LambdaArguments, _ meaning: LambdaMeaning
    ) throws -> [String: LambdaValue] {
        var values: [String: LambdaValue] = [:]
        for (name, standard) in parameters {
            guard let standard else { continue }
            values[name] = try PythonEvaluator(meaning, parameters: [:])
                .value(of: PythonParser.expression(standard))
        }
        guard arguments.positional.count <= parameters.count else {
            throw LambdaFault.notUnderstood(
                "argument \(parameters.count + 1) of '\(arguments.function)'")
        }
        for (parameter, value) in zip(parameters, arguments.positional) {
            values[parameter.name] = value
        }
        for (name, value) in arguments.named where name != "name" {
            guard parameters.contains(where: { $0.name == name }) else {
                throw LambdaFault.notUnderstood("the argument '\(name)' of '\(arguments.function)'")
            }
            values[name] = value
        }
        if let missing = parameters.first(where: { values[$0.name] == nil }) {
            throw LambdaFault.notUnderstood("'\(arguments.function)' without '\(missing.name)'")
        }
        return values
    }

    /// All composites by path.
    package static let table: [String: LambdaComposite] = {
        let all = lines.split(separator: "\n").compactMap { LambdaComposite($0) }
        return Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// The number of lines that describe one.
    package static var lineCount: Int { lines.split(separator: "\n").count }
}
