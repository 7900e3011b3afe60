import Problems

/// A function that a file holds as compiled Python code.
package struct PythonFunction: Sendable {
    package let code: CodeObject
    package let version: PythonVersion

    /// Reads the bytes that `marshal` wrote for the function's code.
    ///
    /// - Throws: `Problem` if the bytes are not the code of a function.
    package init(marshal bytes: [UInt8]) throws {
        (code, version) = try VersionDetection.read(bytes)
    }

    /// The parameters, those by position first.
    package var parameters: [String] { Array(code.parameters) }

    /// The name that stands for the first argument: that of its parameter, or of the one that takes all; nil without either.
    package var input: String? { code.parameters.first ?? code.positionalRest }

    /// The place of the function in the file it was written in: `model.py:12`.
    package var place: String {
        code.shortFileName.isEmpty
            ? "line \(code.firstLine)" : "\(code.shortFileName):\(code.firstLine)"
    }

    /// Whether Keras on Windows may have changed integers in the code, which it did to some bytes.
    package var mayHaveChangedConstants: Bool {
        WindowsRepair.mayHaveChangedConstants(code)
    }

    /// What the function returns, as an expression in its parameters.
    ///
    /// - Parameters:
    ///   - values: the values of parameters that are given; each of the others stands for itself.
    ///   - closure: the values of the variables of functions around, in the order in which the code lists them.
    ///   - oracle: tells plain values that branches and loops depend on.
    /// - Throws: `Problem` if the code is damaged, or does what an expression cannot say; the text names it and its line.
    package func expression(
        _ values: [String: PythonExpression] = [:], closure: [PythonExpression] = [],
        oracle: ((PythonExpression) -> PythonConstant?)? = nil
    ) throws -> PythonExpression {
        var machine = SymbolicMachine(version: version, oracle: oracle)
        do {
            guard !code.isGenerator else { throw SymbolicFault.notUnderstood("a generator") }
            machine.parameters = Set(code.parameters)
            var variables = code.emptyRests
            for name in code.parameters {
                variables[name] = .expression(values[name] ?? PythonExpression(name: name))
            }
            if let rest = code.positionalRest, code.parameters.isEmpty {
                machine.parameters.insert(rest)
                variables[rest] = .tuple([.expression(PythonExpression(name: rest))])
            }
            machine.memory = closure.map { [.expression($0)] }
            let value = try machine.run(
                code, variables, closure: Array(closure.indices), depth: 0)
            let expression = try machine.expression(value)
            guard expression.size <= PythonText.largestSize else { throw SymbolicFault.tooLong }
            return expression
        } catch let fault as SymbolicFault {
            throw problem(fault, line: machine.line)
        }
    }

    private func problem(_ fault: SymbolicFault, line: Int) -> Problem {
        let file = code.shortFileName
        let place = "line \(line)" + (file.isEmpty ? "" : " of '\(file)'")
        let what =
            switch fault {
            case .raised: "the function raises an exception in \(place)"
            case .tooLong: "the function is too long to follow, at \(place)"
            case .notUnderstood(let construct): "\(construct) in \(place) is not understood"
            }
        return Problem(.unsupported(what: what, remedy: ""))
    }
}
