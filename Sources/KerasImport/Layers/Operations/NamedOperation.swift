import GraphIR
import Problems

/// A function on tensors by the name that Keras 3 gives its class.
///
/// Functions of TensorFlow that Keras 2 recorded are the same under other names (`TensorFlowNames`).
enum NamedOperation {
    /// Builds one call of an operation and returns its outputs.
    typealias Build = @Sendable (OperationArguments, GraphBuilder) throws -> [ValueID]

    /// Builds one call of an operation with one output.
    typealias Single = @Sendable (OperationArguments, GraphBuilder) throws -> ValueID

    private static let singles: [[String: Single]] = [
        arithmetic, comparison, elementwise, reductions, shapes, creation, indexing, sorting,
        linearAlgebra, activations, neural, convolutions, images, attention, signals,
        notANumber, numbers, bits, quantiles, diagonals, ranges, searching, updates, losses,
        colors, patches, tensorFlow,
    ]

    private static let several: [[String: Build]] = [multipleOutputs, spectra]

    /// The names of all operations.
    static var names: [String] { singles.flatMap(\.keys) + several.flatMap(\.keys) }

    /// Whether there is an operation of this name.
    static func isKnown(_ name: String) -> Bool {
        several.contains { $0[name] != nil } || singles.contains { $0[name] != nil }
    }

    /// The operation of this name.
    ///
    /// - Throws: `Problem.Kind.unsupported` where there is none.
    static func named(_ name: String, as shown: String) throws -> Build {
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

/// An operation of `keras.ops` in the graph of a Keras 3 model.
struct KerasOperationLayer: KerasLayer {
    static let classNames: [String] = []

    private let config: LayerConfig
    private let body: NamedOperation.Build

    init(config: LayerConfig, context: LayerContext) throws {
        self.config = config
        body = try NamedOperation.named(context.className, as: "keras.ops \(context.className)")
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        try body(OperationArguments(call: call, config: config, builder: builder), builder)
    }
}
