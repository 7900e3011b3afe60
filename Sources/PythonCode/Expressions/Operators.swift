extension PythonExpression {
    package enum BinaryOperator: String, Sendable, CaseIterable {
        case add = "+"
        case and = "&"
        case floorDivide = "//"
        case shiftLeft = "<<"
        case matrixMultiply = "@"
        case multiply = "*"
        case remainder = "%"
        case or = "|"
        case power = "**"
        case shiftRight = ">>"
        case subtract = "-"
        case divide = "/"
        case exclusiveOr = "^"
    }

    package enum UnaryOperator: String, Sendable, CaseIterable {
        case negative = "-"
        case positive = "+"
        case invert = "~"
        case not = "not"
    }

    package enum Comparison: String, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "=="
        case notEqual = "!="
        case greater = ">"
        case greaterOrEqual = ">="
        case isIn = "in"
        case isNotIn = "not in"
        case isSame = "is"
        case isNotSame = "is not"
    }
}
