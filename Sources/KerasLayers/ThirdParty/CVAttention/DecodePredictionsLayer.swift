import GraphIR
import KerasFormat
import Problems

/// `DecodePredictions`: boxes from the raw outputs of a detector, with non-max suppression.
struct DecodePredictionsLayer: KerasLayer {
    static let classNames = ["kecam/coco>DecodePredictions"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, refusal: Self.remedy)

    private static let remedy =
        "Decode the boxes after the model: convert the model without the layer, which has no weights."

    init(config: LayerConfig, context: LayerContext) throws {
        throw Problem(
            .unsupported(
                what: "non-max suppression inside a model is not supported",
                remedy: Remedy(Self.remedy)))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] { [] }
}
