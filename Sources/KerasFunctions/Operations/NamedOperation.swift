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

    private static let singles: [[String: Single]] = [
        arithmetic, comparison, elementwise, reductions, shapes, creation, indexing, sorting,
        linearAlgebra, activations, neural, convolutions, images, attention, signals,
        notANumber, numbers, bits, quantiles, diagonals, ranges, searching, updates, losses,
        colors, patches, tensorFlow,
    ]

    private static let several: [[String: Build]] = [multipleOutputs, spectra]

    /// The names of all operations.
    package static var names: [String] { singles.flatMap(\.keys) + several.flatMap(\.keys) }

    /// Whether there is an operation of this name.
    package static func isKnown(_ name: String) -> Bool {
        several.contains { $0[name] != nil } || singles.contains { $0[name] != nil }
    }

    /// The operation of this name.
    ///
    /// - Throws: `Problem.Kind.unsupported` where there is none.
    package static func named(_ name: String, as shown: String) throws -> Build {
        for table in several {
            if let build = table[name] { return build }
        }
        for table in singles {
            if let build = table[name] {
                return { arguments, builder in [try build(arguments, builder)] }
            }
        }
        throw Problem(
            .unsupported(
                what: "the operation '\(shown)' cannot be converted",
                remedy: "Express it with Keras layers or other operations."))
    }
}
