import PythonCode

extension LambdaMeaning {
    /// What an operation makes of two plain numbers, as the operator of Python does; nil for others.
    func number(_ operation: String, _ arguments: LambdaArguments) throws -> LambdaValue? {
        guard arguments.positional.count == 2,
            arguments.named.allSatisfy({ $0.name == "name" }),
            arguments.positional.allSatisfy({ $0.constant?.number != nil })
        else { return nil }
        let (x, y) = (arguments.positional[0], arguments.positional[1])
        if let kind = Self.operators[operation] { return try binary(kind, x, y) }
        return try Self.comparisons[operation].map { try comparison($0, x, y) }
    }

    private static let operators: [String: PythonExpression.BinaryOperator] = [
        "Add": .add, "Subtract": .subtract, "Multiply": .multiply, "TrueDivide": .divide,
        "FloorDivide": .floorDivide, "Mod": .remainder,
    ]

    private static let comparisons: [String: PythonExpression.Comparison] = [
        "Less": .less, "LessEqual": .lessOrEqual, "Greater": .greater,
        "GreaterEqual": .greaterOrEqual, "Equal": .equal, "NotEqual": .notEqual,
    ]
}
