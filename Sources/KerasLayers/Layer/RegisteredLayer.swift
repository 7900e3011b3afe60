import GraphIR
import KerasFormat
import Problems

/// A layer class that the caller has described.
struct RegisteredLayer: CompositeLayer {
    static let classNames: [String] = []

    let context: LayerContext
    private let definition: CustomObjects.Layer

    init(config: LayerConfig, context: LayerContext) throws {
        guard let definition = context.custom.layer(for: context.description) else {
            throw Problem(.unknownLayer(nearest: nil))
        }
        self.definition = definition
        self.context = context
    }

    var acceptsIntegers: Bool { true }

    var passesMask: Bool { definition.passesMask }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let outputs = try definition.build(call)
        guard !outputs.isEmpty else {
            throw Problem(
                .unsupported(
                    what: "the code registered for the layer returns no tensor",
                    remedy: "Return the tensors that the layer returns in Keras."))
        }
        return outputs
    }
}
