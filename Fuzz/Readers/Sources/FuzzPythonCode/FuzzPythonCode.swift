import PythonCode

/// Reads arbitrary bytes as the code of a function and follows it; libFuzzer calls this with mutations of its corpus.
///
/// Any outcome but an error or an expression, whose text can be read back, is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    FuzzedCode.run(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// Follows a function of any contents.
private enum FuzzedCode {
    static func run(_ bytes: [UInt8]) {
        guard let function = try? PythonFunction(marshal: bytes) else { return }
        let closure = function.code.variables.free.map { PythonExpression(name: $0) }
        guard let expression = try? function.expression(closure: closure) else { return }
        _ = try? PythonParser.expression(PythonText().text(expression))
    }
}
