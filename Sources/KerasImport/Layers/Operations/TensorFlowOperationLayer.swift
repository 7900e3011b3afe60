import GraphIR
import Problems

/// `TFOpLambda`: a TensorFlow function that Keras recorded in the graph of a functional model.
struct TensorFlowOperationLayer: KerasLayer {
    static let classNames = ["TFOpLambda"]

    /// Builds one function.
    typealias Build = @Sendable (OperationArguments, GraphBuilder) throws -> ValueID

    let function: String
    private let body: Build

    init(config: LayerConfig, context: LayerContext) throws {
        function = try config.string("function")
        let name = function.hasPrefix("compat.v1.") ? String(function.dropFirst(10)) : function
        if ["einsum", "__operators__.eq", "__operators__.ne"].contains(name) {
            throw Problem(
                .unsupported(
                    what: "the file does not hold the operands of '\(function)'",
                    remedy: "Use a Keras layer (EinsumDense, Dot, …) and save again."))
        }
        let tables = [
            Self.arithmetic, Self.elementwise, Self.reductions, Self.activations, Self.shapes,
        ]
        guard let body = tables.lazy.compactMap({ $0[name] }).first else {
            throw Problem(
                .unsupported(
                    what: "the TensorFlow function '\(function)' cannot be converted",
                    remedy: "Express it with Keras layers."))
        }
        self.body = body
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try body(OperationArguments(call: call, builder: builder), builder)]
    }
}
