import Interpreter
import Problems

/// Why a conversion, an inspection or a verification failed.
public struct ConversionError: Error, Sendable, CustomStringConvertible {
    /// What kind of fault it is; new codes may be added.
    public enum Code: String, Sendable, Codable {
        /// An option or argument cannot be used.
        case usage
        /// A file is damaged or is not what it should be.
        case badInput
        /// The model uses something that cannot be converted.
        case unsupported
        /// The written file does not compute the same results as the model.
        case verificationFailed
        /// A file cannot be read or written.
        case inputOutput
        /// The caller cancelled the work.
        case cancelled
        /// The converter broke a rule of its own.
        case internalFault
    }

    /// One thing that is wrong.
    public struct Issue: Sendable, Codable {
        /// What went wrong, in one sentence.
        public let message: String
        /// What can be done about it, in Swift; nil if nothing is known to help.
        public let remedy: String?
        /// The file at fault, as the caller named it.
        public let file: String?
        /// The Keras layer at fault, as a path through nested models.
        public let layer: String?
        /// The Keras class of that layer.
        public let layerClass: String?
    }

    /// The kind of fault, that of the first issue.
    public let code: Code
    /// Everything found wrong; never empty.
    public let issues: [Issue]
    private let problems: Problems

    /// The same fault, found by the interpreter.
    public init(_ error: LiteModelError) {
        self.init(Problems([error.problem]))
    }

    init(_ problems: Problems) {
        code = problems.all.first.map { Code($0.code) } ?? .badInput
        issues = problems.all.map {
            Issue(
                message: $0.message, remedy: $0.remedy, file: $0.file, layer: $0.layer,
                layerClass: $0.layerClass)
        }
        self.problems = problems
    }

    /// The full text, one paragraph for each issue.
    public var description: String { problems.description }

    /// The full text for a reader who calls settings something else than Swift does, such as the user of a command.
    public func description(naming name: (Setting) -> String) -> String {
        problems.description { name(Setting($0)) }
    }

    /// Runs `body` and turns whatever it throws into an error of this type.
    static func wrapping<Result>(_ body: () throws -> Result) throws(ConversionError) -> Result {
        do {
            return try body()
        } catch let problem as Problem {
            throw ConversionError(Problems([problem]))
        } catch let problems as Problems {
            throw ConversionError(problems)
        } catch let error as LiteModelError {
            throw ConversionError(error)
        } catch {
            throw ConversionError(Problems([Problem(.internalFault(String(describing: error)))]))
        }
    }
}

extension ConversionError.Code {
    init(_ code: ProblemCode) {
        switch code {
        case .usage: self = .usage
        case .badInput: self = .badInput
        case .unsupported: self = .unsupported
        case .verificationFailed: self = .verificationFailed
        case .io: self = .inputOutput
        case .cancelled: self = .cancelled
        case .internalFault: self = .internalFault
        }
    }
}
