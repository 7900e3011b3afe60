import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `CenterCrop`: the middle of images; images that are too small are cropped to the aspect ratio and enlarged.
struct CenterCropLayer: KerasLayer {
    static let classNames = ["CenterCrop"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let size: Size2D
    let format: DataFormat
    let interpolation: ImageInterpolation

    init(config: LayerConfig, context: LayerContext) throws {
        size = Size2D(try config.size("height"), try config.size("width"))
        format = try config.dataFormat()
        interpolation = try ImageInterpolation(named: "bilinear", version: context.version)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try builder.asImageBatch(call.onlyInput()) { image in
            try builder.channelsLast(image, format) { image in
                let shape = builder.shape(of: image)
                if try shape.knownExtent(1) >= size.height, try shape.knownExtent(2) >= size.width {
                    return try builder.centerCropped(image, to: size)
                }
                let crop = try builder.croppedToAspectRatio(image, of: size)
                return try builder.resize(crop, to: size, interpolation)
            }
        }
        return [y]
    }
}
