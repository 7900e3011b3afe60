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
        throw Problem(
            .unsupported(
                what:
                    "\(context.className) works on text, which the file format has no operations for",
                remedy: "Do this step before the model and give the model its result."))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] { [] }
}
