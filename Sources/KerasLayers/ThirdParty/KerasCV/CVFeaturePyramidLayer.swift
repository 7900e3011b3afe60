import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `FeaturePyramid` of keras-cv: images of falling size, each with the sum of the smaller ones, enlarged.
///
/// Inputs and outputs are in order of their levels, the largest image first.
/// Weights: kernel and bias of the 1×1 convolution of each level, then of the 3×3 one of each level.
struct CVFeaturePyramidLayer: CompositeLayer {
    static let classNames = ["keras_cv>FeaturePyramid"]

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "with its own convolutions")

    let context: LayerContext
    private let count: Int
    private let filters: Int

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        let levels = 0...9
        let first = try config.int("min_level", in: levels)
        count = try config.int("max_level", in: first...levels.upperBound) - first + 1
        filters = try config.size("num_channels", default: 256)
        for field in ["lateral_layers", "output_layers"] where config.has(field) {
            throw Problem(
                .unsupported(
                    what: "'\(field)' other than the layer's own are not supported",
                    remedy: "Use the layer's own, or end the model before it with \(.until)."))
        }
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        guard call.inputs.count == count else {
            throw Problem(.invalidShape("\(call.inputs.count) images for \(count) levels"))
        }
        let lateral = try convolutions("lateral_layers", size: 1, call)
        let output = try convolutions("output_layers", size: 3, call)
        let enlarge = try call.layer("top_down_op", "UpSampling2D", ["size": .int(2)])
        var images = try zip(lateral, call.inputs).map { try $0($1) }
        for level in images.indices.dropLast().reversed() {
            images[level] = try call.builder.add(images[level], enlarge(images[level + 1]))
        }
        return try zip(output, images).map { try $0($1) }
    }

    private func convolutions(
        _ attribute: String, size: Int, _ call: CustomCall
    ) throws -> [CustomSublayer] {
        try (0..<count).map {
            try call.layer(
                attribute, at: $0, "Conv2D",
                [
                    "filters": .int(Int64(filters)), "kernel_size": .int(Int64(size)),
                    "padding": .string("same"),
                ])
        }
    }
}
