import GraphIR
import KerasFormat
import Problems

/// A function on tensors by the name that Keras 3 gives its class.
///
/// Functions of TensorFlow that Keras 2 recorded are the same under other names (`TensorFlowVocabulary`).
package enum NamedOperation {
    /// Builds one call of an operation and returns its outputs.
    package typealias Build = @Sendable (OperationArguments, GraphBuilder) throws -> [ValueID]

    /// Builds one call of an operation with one output.
    package typealias Single = @Sendable (OperationArguments, GraphBuilder) throws -> ValueID

    private static let families: [[String: Build]] =
        [
            arithmetic, comparison, algebraic, transcendental, reductions, shapes, creation,
            indexing, sorting, linearAlgebra, activations, neural, convolutions, images, attention,
            signals, notANumber, numbers, bits, quantiles, diagonals, ranges, searching, updates,
            losses, colors, patches, tensorFlow,
        ].map { $0.mapValues(build) } + [multipleOutputs, spectra]

    private static let table: [String: Build] = Dictionary(
        families.flatMap { $0.map { ($0.key, $0.value) } }, uniquingKeysWith: { first, _ in first })

    /// The names of all operations, one for each operation of each family.
    ///
    /// A name that stands here twice is a fault: one of its operations is never built.
    package static var names: [String] { families.flatMap(\.keys) }

    /// Whether there is an operation of this name.
    package static func isKnown(_ name: String) -> Bool { table[name] != nil }

    /// Whether an operation has a list of outputs.
    static func hasSeveralOutputs(_ name: String) -> Bool {
        multipleOutputs[name] != nil || spectra[name] != nil
    }

    /// The operation of this name.
    ///
    /// - Throws: `Problem.Kind.unsupported` if there is none.
    package static func named(_ name: String, as shown: String) throws -> Build {
        if let build = table[name] { return build }
        throw Problem(
            .unsupported(
                what: "the operation '\(shown)' cannot be converted",
                remedy: "Express it with Keras layers or other operations."))
    }

    private static func build(_ single: @escaping Single) -> Build {
        { arguments, builder in [try single(arguments, builder)] }
    }
}
