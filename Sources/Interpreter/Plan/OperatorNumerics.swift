import TFLiteFormat
import Tensors

/// What an operator computes with.
enum OperatorNumerics {
    /// Numbers that stand for themselves.
    case plain
    /// Integers that stand for real numbers.
    case integer
    /// Floats, with integers that stand for real numbers.
    case hybrid
}

extension OperatorPreparation {
    /// What the operator computes with, as its operands and its first output say.
    var numerics: OperatorNumerics {
        guard inputs.contains(where: { $0?.isQuantizedInteger == true }) else { return .plain }
        return declaredType(0) == .float32 ? .hybrid : .integer
    }

    /// Checks the operator and makes it ready to run.
    ///
    /// - Throws: `Problem.Kind.unsupportedOperator` for an operator or a form of it that is not known here,
    ///   `malformed` and `invalidShape` if it contradicts itself, and `UnknownElements` if only the run knows what decides
    ///   about a shape.
    func prepare() throws -> PreparedOperator {
        switch numerics {
        case .plain: try preparePlain()
        case .integer: try prepareInteger()
        case .hybrid: try prepareHybrid()
        }
    }
}

extension Operand {
    /// Whether the elements are integers that stand for real numbers.
    var isQuantizedInteger: Bool {
        switch dtype {
        case .int8, .uint8, .int16: quantization != nil
        default: false
        }
    }
}

extension TFLiteTensorType {
    /// The type of the elements in memory, where integers of less than 8 bits have a byte each; nil if there is none.
    var memoryType: DType? {
        switch self {
        case .int2, .int4: .int8
        case .uint4: .uint8
        default: dtype
        }
    }
}
