import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PatchingAndEmbedding` of keras-cv: patches of images as a sequence behind a learned token, with learned positions.
///
/// Weights: class_token `(1, 1, D)`, the projection of patches, position_embedding `(patches + 1, D)`.
struct CVPatchingLayer: CompositeLayer {
    static let classNames = ["keras_cv>PatchingAndEmbedding"]

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "of images of known, quadratic size")

    let context: LayerContext
    private let size: Int
    private let patch: Int
    private let padding: String

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        size = try config.size("project_dim")
        patch = try config.size("patch_size")
        padding = try config.string("padding", default: "VALID").lowercased()
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 4)
        let token = try call.weight("class_token", dims: [1, 1, size], isTrainable: true)
        let projection = try call.layer(
            "projection", "Conv2D",
            [
                "filters": .int(Int64(size)), "kernel_size": .int(Int64(patch)),
                "strides": .int(Int64(patch)), "padding": .string(padding),
            ])
        let images = builder.shape(of: x)
        // As keras-cv groups it: ((height / patch) · width) / patch.
        let count = try images.knownExtent(1) / patch * images.knownExtent(2) / patch
        let positions = try call.layer(
            "position_embedding", "Embedding",
            ["input_dim": .int(Int64(count + 1)), "output_dim": .int(Int64(size))])
        let y = try projection(x)
        let shape = builder.shape(of: y)
        guard shape[1] == shape[2], shape[1] * shape[2] == count else {
            throw Problem(.invalidShape("the patches are \(shape), not a square of \(count)"))
        }
        let batch = builder.extent(0, of: x)
        let sequence = try builder.concatenate(
            [
                builder.broadcast(token, [batch, .known(1), .known(size)]),
                builder.reshape(y, [batch, .known(count), .known(size)]),
            ], axis: 1)
        let numbers = builder.constant(
            Constant(Array(0...count), [count + 1]), role: "positions")
        return [try builder.add(sequence, positions(numbers))]
    }
}
