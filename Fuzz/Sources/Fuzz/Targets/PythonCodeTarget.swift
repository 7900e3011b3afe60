import PythonCode

/// Reads the marshalled code of a Python function, follows it, and reads back what it was understood as.
enum PythonCodeTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let function = try? PythonFunction(marshal: Array(bytes)) else { return }
        let closure = function.code.variables.free.map { PythonExpression(name: $0) }
        guard let expression = try? function.expression(closure: closure) else { return }
        _ = try? PythonParser.expression(PythonText().text(expression))
    }
}
