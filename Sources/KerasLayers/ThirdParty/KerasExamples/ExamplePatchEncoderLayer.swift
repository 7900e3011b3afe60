import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PatchEncoder` of keras.io's vision transformer: a projection of each patch plus a vector for its position.
///
/// Weights: the projection `(in, projection_dim)` and its bias, the table of the positions `(num_patches, projection_dim)`.
struct ExamplePatchEncoderLayer: CompositeLayer {
    static let classNames = ["PatchEncoder"]

    static let support = LayerSupport(
        package: "keras.io examples", .keras2 ... .keras3,
        "as defined there; projection_dim is taken from the weights if the file does not state it")

    let context: LayerContext
    private let count: Int
    private let size: Int

    init(config: LayerConfig, context: LayerContext) throws {
        try config.requireOnly(["num_patches", "projection_dim"])
        self.context = context
        count = try config.size("num_patches")
        size = try config.size("projection_dim")
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        builder.remark(
            "taken for the class of keras.io's vision transformer: projections of patches plus "
                + "vectors of positions", on: call.inputs)
        let projection = try call.layer("projection", "Dense", ["units": .int(Int64(size))])
        let table = try call.layer(
            "position_embedding", "Embedding",
            ["input_dim": .int(Int64(count)), "output_dim": .int(Int64(size))])
        try checkList(count, "the positions")
        let positions = builder.constant(Constant(Array(0..<count), [count]), role: "positions")
        return [try builder.add(projection(x), table(positions))]
    }
}
