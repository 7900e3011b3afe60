/// The classes of problems that a caller tells apart; the command gives each its own exit code.
package enum ProblemCode: String, Sendable, CaseIterable {
    /// The caller asked for something that makes no sense.
    case usage
    /// A given file is not what it has to be.
    case badInput
    /// The model is right but cannot be converted.
    case unsupported
    /// The written file computes something else than the model.
    case verificationFailed
    /// A file cannot be opened, read or written.
    case io
    /// The caller cancelled the work.
    case cancelled
    /// The program broke a rule of its own.
    case internalFault
}

extension Problem {
    /// The class of this problem.
    package var code: ProblemCode {
        switch kind {
        case .fileAccess, .fileChanged:
            .io
        case .malformed, .foreignFile, .truncated, .tooLarge, .overBudget, .missingField,
            .invalidField, .brokenTopology, .missingWeights, .mismatchingWeights, .unusedWeights,
            .invalidShape:
            .badInput
        case .unknownLayer, .unsupported, .unsupportedOperator, .unsupportedTensor:
            .unsupported
        case .invalidGraph, .internalFault:
            .internalFault
        case .invalidArgument:
            .usage
        case .verificationFailed, .accuracyLost:
            .verificationFailed
        case .cancelled:
            .cancelled
        }
    }
}

extension Problems {
    /// The class of the first problem.
    package var code: ProblemCode { all.first?.code ?? .badInput }
}
