import GraphIR
import KerasFormat
import KerasFunctions

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
        try body(OperationArguments(call, config: config, in: builder), builder)
    }
}
