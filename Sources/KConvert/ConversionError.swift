import Foundations
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

extension ConversionError {
    /// Something that a remedy advises to set or to ask for; new ones may be added.
    ///
    /// The raw value is how it is spelled in Swift.
    public enum Setting: String, Sendable, CaseIterable {
        case inputShapes = "ConversionOptions.inputShapes"
        case batch = "ConversionOptions.batch"
        case dynamicBatch = "ConversionOptions.Batch.dynamic"
        case until = "ConversionOptions.until"
        case lambda = "Converter.registerLambda"
        case layerClass = "Converter.registerClass"
        case disabledPasses = "ConversionOptions.disabledPasses"
        case passList = "Converter.passes"
        case inspection = "Inspection"
        case running = "LiteModel"
        case noVerification = "ConversionOptions.Verification.off"
        case samples = "QuantizationOptions.samples"
        case noise = "CalibrationSamples.random"
        case savedStatistics = "QuantizationOptions.savedStatistics"
        case interface = "QuantizationOptions.interface"
        case floatLayers = "QuantizationOptions.floatLayers"
        case force = "QuantizationOptions.isForced"
        case memoryLimit = "ResourceLimits.memory"
        case stepLimit = "ResourceLimits.steps"
        case timeLimit = "ResourceLimits.seconds"
    }
}

extension ConversionError.Setting {
    init(_ setting: Remedy.Setting) {
        switch setting {
        case .inputShapes: self = .inputShapes
        case .batch: self = .batch
        case .dynamicBatch: self = .dynamicBatch
        case .until: self = .until
        case .lambda: self = .lambda
        case .layerClass: self = .layerClass
        case .disabledPasses: self = .disabledPasses
        case .passList: self = .passList
        case .inspection: self = .inspection
        case .running: self = .running
        case .noVerification: self = .noVerification
        case .samples: self = .samples
        case .noise: self = .noise
        case .savedStatistics: self = .savedStatistics
        case .interface: self = .interface
        case .floatLayers: self = .floatLayers
        case .force: self = .force
        case .memoryLimit: self = .memoryLimit
        case .stepLimit: self = .stepLimit
        case .timeLimit: self = .timeLimit
        }
    }
}

/// Finding the name that somebody may have meant.
public enum NameSuggestion {
    /// The candidate with the fewest edits from `name`; nil if none is similar.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        NearestName.nearest(to: name, among: candidates)
    }
}
