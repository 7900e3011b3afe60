import Problems

/// Why a model could not be loaded or run.
public struct LiteModelError: Error, Sendable, CustomStringConvertible {
    /// What kind of fault it is; new kinds may be added.
    public enum Kind: String, Sendable {
        /// A given shape, name or element type does not fit the model.
        case usage
        /// The file is damaged or contradicts itself.
        case badModel
        /// The model uses an operator or a form of it that is not known here.
        case unsupported
        /// The file cannot be read.
        case inputOutput
    }

    /// The fault inside the package.
    package let problem: Problem

    package init(_ problem: Problem) {
        self.problem = problem
    }

    /// The kind of fault.
    public var kind: Kind {
        switch problem.code {
        case .usage, .cancelled: .usage
        case .badInput, .internalFault, .verificationFailed: .badModel
        case .unsupported: .unsupported
        case .io: .inputOutput
        }
    }

    /// What went wrong, in one sentence.
    public var message: String { problem.message }

    /// The full text.
    public var description: String { problem.description }

    /// The error of a caller who gave something that does not fit.
    static func usage(_ message: String, remedy: String = "") -> LiteModelError {
        LiteModelError(Problem(.invalidArgument(message, remedy: remedy)))
    }

    /// Runs `body` and turns a problem that it throws into an error of this type.
    static func wrapping<Result>(_ body: () throws -> Result) throws(LiteModelError) -> Result {
        do {
            return try body()
        } catch let error as LiteModelError {
            throw error
        } catch let problem as Problem {
            throw LiteModelError(problem)
        } catch {
            throw LiteModelError(
                Problem(.malformed(what: "TFLite model", reason: String(describing: error))))
        }
    }
}
