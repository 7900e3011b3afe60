/// What names, calls and operators of an expression mean to a client.
///
/// Every function throws if the client does not know what it is asked for.
package protocol PythonMeaning<Value> {
    /// A value of the client's: a number, a tensor, a function.
    associatedtype Value

    func constant(_ constant: PythonConstant) throws -> Value

    /// The value of a name that is not a parameter.
    func name(_ name: String) throws -> Value

    func attribute(_ name: String, of value: Value) throws -> Value

    func call(
        _ function: Value, _ arguments: [Value], _ keywords: [(name: String, value: Value)]
    ) throws -> Value

    /// Whether a call of a function means the same if the value of an argument is not known.
    func canDoWithout(_ argument: String?, at position: Int, of function: Value) -> Bool

    func binary(_ kind: PythonExpression.BinaryOperator, _ x: Value, _ y: Value) throws -> Value

    func unary(_ kind: PythonExpression.UnaryOperator, _ x: Value) throws -> Value

    func comparison(_ kind: PythonExpression.Comparison, _ x: Value, _ y: Value) throws -> Value

    /// `value[index]`.
    func item(of value: Value, at index: Value) throws -> Value

    /// `start:stop:step`.
    func slice(_ start: Value?, _ stop: Value?, _ step: Value?) throws -> Value

    func tuple(_ elements: [Value]) throws -> Value

    func list(_ elements: [Value]) throws -> Value

    func dictionary(_ pairs: [(key: Value, value: Value)]) throws -> Value

    /// Whether a condition holds.
    func isTrue(_ value: Value) throws -> Bool

    /// A function of that many parameters, which `body` calls.
    func function(
        parameterCount: Int, _ body: @escaping ([Value]) throws -> Value
    ) throws -> Value
}

extension PythonMeaning {
    package func canDoWithout(_ argument: String?, at position: Int, of function: Value) -> Bool {
        false
    }
}
