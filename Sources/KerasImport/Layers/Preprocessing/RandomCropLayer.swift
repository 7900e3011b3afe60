import GraphIR
import Problems
import Tensors

/// `RandomCrop` outside training: cropped to the aspect ratio and resized; from Keras 3.10 on the input itself.
struct RandomCropLayer: KerasLayer {
    static let classNames = ["RandomCrop"]

    static let support = LayerSupport(.keras2 ... .keras3, "at inference; not of Keras 3.4 to 3.9")

    let size: Size2D
    let format: DataFormat
    let isIdentity: Bool
    let interpolation: ImageInterpolation

    init(config: LayerConfig, context: LayerContext) throws {
        size = Size2D(try config.size("height"), try config.size("width"))
        format = try config.dataFormat()
        guard !context.version.cropsInAnUnknownWay else {
            throw Problem(
                .unsupported(
                    what: "RandomCrop of Keras 3.4 to 3.9 cannot be converted",
                    remedy: "Replace it by CenterCrop, or save the model with Keras 3.10 or newer.")
            )
        }
        isIdentity = context.version.keepsRandomCrops
        interpolation = try ImageInterpolation(named: "bilinear", context: context)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        if isIdentity { return [x] }
        let y = try builder.asImageBatch(x) { image in
            try builder.channelsLast(image, format) { image in
                let crop = try builder.croppedToAspectRatio(image, of: size)
                return try builder.resize(crop, to: size, interpolation)
            }
        }
        return [y]
    }
}
