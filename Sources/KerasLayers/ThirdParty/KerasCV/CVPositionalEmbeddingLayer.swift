import GraphIR
import KerasFormat
import Tensors

/// `AddPositionalEmbedding` of keras-cv: learned positions added to patches `[N, H, W, C]`.
///
/// Weights: pos_embed `(1, H, W, C)`.
struct CVPositionalEmbeddingLayer: CompositeLayer {
    static let classNames = ["keras_cv.layers>AddPositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    let context: LayerContext
    private let dims: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        let side = try config.size("img_size") / config.size("patch_size")
        dims = [1, side, side, try config.size("embed_dim")]
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let positions = try call.weight("pos_embed", dims: dims, isTrainable: true)
        return [try call.builder.add(call.onlyInput(), positions)]
    }
}
