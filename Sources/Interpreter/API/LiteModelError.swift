import Problems

/// Why a model could not be loaded or run.
public struct LiteModelError: Error, Sendable, CustomStringConvertible {
    /// The kinds of faults; new codes may be added.
    public enum Code: String, Sendable, Codable {
        /// A given shape, name, array or element type does not fit the model.
        case usage
        /// A file is damaged or contradicts itself.
        case badInput
        /// The model uses an operator or a form of it that is not supported.
        case unsupported
        /// A file cannot be read.
        case inputOutput
        /// The interpreter broke a rule of its own.
        case internalFault
    }

    /// The fault inside the package.
    package let problem: Problem

    package init(_ problem: Problem) {
        self.problem = problem
    }

    /// The kind of fault.
    public var code: Code {
        switch problem.code {
        case .usage, .cancelled: .usage
        case .badInput, .verificationFailed: .badInput
        case .unsupported: .unsupported
        case .io: .inputOutput
        case .internalFault: .internalFault
        }
    }

    /// What went wrong, in one sentence.
    public var message: String { problem.message }

    /// What can be done about it; nil if nothing is known to help.
    public var remedy: String? { problem.remedy }

    /// The file at fault, as the caller named it; nil if no file is, or if it was given as bytes.
    public var file: String? { problem.file }

    /// The full text.
    public var description: String { problem.description }

    /// The error of a caller who gave something that does not fit.
    static func usage(_ message: String, remedy: Remedy = "") -> LiteModelError {
        LiteModelError(Problem(.invalidArgument(message, remedy: remedy)))
    }

    /// Runs `body` and turns the problem that it throws into an error of this type.
    ///
    /// - Parameter file: the file to name in a problem that names none.
    package static func wrapping<Result>(
        file: String? = nil, _ body: () throws -> Result
    ) throws(LiteModelError) -> Result {
        do {
            return try body()
        } catch let error as LiteModelError {
            throw error
        } catch let problem as Problem {
            throw LiteModelError(file.map(problem.inFile) ?? problem)
        } catch {
            throw LiteModelError(Problem(.internalFault(String(describing: error)), file: file))
        }
    }
}
