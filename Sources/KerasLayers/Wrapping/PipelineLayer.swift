import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Pipeline`: layers one after the other.
struct PipelineLayer: KerasLayer {
    static let classNames = ["Pipeline"]

    static let support = LayerSupport(.keras3 ... .keras3, "of layers without weights")

    let layers: [any KerasLayer]

    init(config: LayerConfig, context: LayerContext) throws {
        guard let list = config["layers"]?.array else { throw Problem(.missingField("layers")) }
        layers = try list.map(context.layer)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try layers.reduce(call.onlyInput()) { x, layer in
            guard try layer.weightSpecs(for: [builder.type(of: x)]).isEmpty else {
                throw Problem(
                    .unsupported(
                        what: "a pipeline with weights is not supported",
                        remedy: "Use a Sequential model."))
            }
            return try layer.build(CallContext(inputs: [x]), in: builder).only()
        }
        return [y]
    }
}
