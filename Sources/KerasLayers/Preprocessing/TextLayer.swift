import GraphIR
import KerasFormat
import Problems

/// Layers that work on text, for which LiteRT has no operations.
struct TextLayer: KerasLayer {
    static let classNames = ["StringLookup", "TextVectorization", "Hashing", "HashedCrossing"]

    static let support = LayerSupport(
        .keras2 ... .keras3,
        refusal: "they work on text, which the file format has no operations for")

    init(config: LayerConfig, context: LayerContext) throws {
        let name = context.description.name
        throw Problem(
            .unsupported(
                what:
                    "\(context.className) works on text, which the file format has no operations for",
                remedy: Remedy(
                    "Do this step before the model, and save a model that takes its result: "
                        + "t = model.get_layer('\(name)').output; "
                        + "keras.Model(t, model.outputs).save('rest.keras'), with a list in place "
                        + "of t if there are other inputs or several such layers. For a Sequential "
                        + "model: keras.Sequential([keras.Input(t.shape[1:], dtype=t.dtype), "
                        + "*model.layers[1:]]).save('rest.keras')")))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] { [] }
}
