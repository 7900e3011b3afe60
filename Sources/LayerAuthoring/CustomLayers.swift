import GraphIR
import KerasLayers
import Problems

/// Layer classes and activations of your own, as the converter has to build them.
///
/// `Converter.register` fills the ones of a converter; `ConversionOptions.customLayers` hands them to comparisons and
/// inspections too.
public struct CustomLayers: Sendable {
    package var objects = CustomObjects()

    /// No layers.
    public init() {}

    /// Describes a layer class; see `Converter.register`.
    public mutating func register<Result: LayerResult>(
        _ className: String, passesMask: Bool = false,
        _ build: @escaping @Sendable (CustomLayer) throws -> Result
    ) {
        objects.layers[className] = CustomObjects.Layer(passesMask: passesMask) { call in
            try translatingErrors {
                try build(CustomLayer(call)).tensors.map { try $0.id(in: call.scope) }
            }
        }
    }

    /// Describes an activation; see `Converter.registerActivation`.
    public mutating func registerActivation(
        _ name: String, _ build: @escaping @Sendable (LayerTensor) throws -> LayerTensor
    ) {
        objects.activations[name] = { x, scope in
            try translatingErrors { try build(LayerTensor(x, in: scope)).id(in: scope) }
        }
    }
}

extension CustomLayers {
    /// Says that a class or function computes what a known one does; see `Converter.registerClass`.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if the other one is not known.
    package mutating func addClass(_ name: String, as known: String) throws {
        guard !name.isEmpty, LayerCatalog.isKnown(known) else {
            let nearest = ClassSuggestion.nearest(to: known)
            throw Problem(
                .invalidArgument(
                    "'\(known)' is not a class or an activation that can be converted",
                    remedy: Remedy(
                        "Name a known one: '\(name.isEmpty ? "BatchNorm" : name)="
                            + "\(nearest ?? "BatchNormalization")', for example.")))
        }
        objects.classes[name] = known
    }

    /// Says what functions in Python compute; see `Converter.registerLambda`.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if the text cannot be read.
    package mutating func addLambda(_ definition: String) throws {
        try objects.lambdas.add(definition)
    }
}

/// What the code of a custom layer returns: one tensor, or several in Keras' order.
public protocol LayerResult {
    /// The outputs.
    var tensors: [LayerTensor] { get }
}

extension LayerTensor: LayerResult {
    /// This tensor alone.
    public var tensors: [LayerTensor] { [self] }
}

extension Array: LayerResult where Element == LayerTensor {
    /// The tensors themselves.
    public var tensors: [LayerTensor] { self }
}

/// Why a layer of your own cannot be converted; the conversion's error names the layer.
public struct LayerError: Error, Sendable {
    /// What keeps the layer from being converted.
    public let message: String
    /// What can be done about it.
    public let remedy: String
    /// The fault inside the package; nil for a reason of the caller's own.
    fileprivate let problem: Problem?

    /// An error with a reason of your own and, if there is one, a way out.
    public init(_ message: String, remedy: String = "") {
        self.message = message
        self.remedy = remedy
        problem = nil
    }

    init(_ problem: Problem) {
        message = problem.message
        remedy = problem.remedy ?? ""
        self.problem = problem
    }

    /// Runs `body` and turns the problem that it throws into an error of this type.
    static func wrapping<Result>(_ body: () throws -> Result) throws(LayerError) -> Result {
        do {
            return try body()
        } catch let error as LayerError {
            throw error
        } catch let problem as Problem {
            throw LayerError(problem)
        } catch {
            throw LayerError(Problem(.internalFault(String(describing: error))))
        }
    }
}

/// Runs code of a caller; whatever it throws becomes a problem of the layer.
private func translatingErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as LayerError {
        throw error.problem
            ?? Problem(.unsupported(what: error.message, remedy: Remedy(error.remedy)))
    } catch {
        throw Problem(
            .unsupported(
                what: "the code registered for it failed: \(error)",
                remedy: "Correct the code given to Converter.register."))
    }
}
