import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `RandomCrop` outside training, which is another thing in every few versions of Keras (`RandomCropForm`).
struct RandomCropLayer: KerasLayer {
    static let classNames = ["RandomCrop"]

    static let support = LayerSupport(
        .keras2 ... .keras3, "at inference, as the version of Keras does")

    let size: Size2D
    let format: DataFormat
    let form: RandomCropForm
    let interpolation: ImageInterpolation

    init(config: LayerConfig, context: LayerContext) throws {
        size = Size2D(try config.size("height"), try config.size("width"))
        format = try config.dataFormat()
        form = context.version.randomCrops
        interpolation = try ImageInterpolation(named: "bilinear", version: context.version)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        if form == .identity { return [x] }
        let y = try builder.asImageBatch(x) { image in
            try builder.channelsLast(image, format) { image in
                let crop =
                    form == .resized
                    ? try builder.croppedToAspectRatio(image, of: size)
                    : try cut(image, in: builder)
                let shape = builder.shape(of: crop)
                if form == .cut, shape[1] == size.height, shape[2] == size.width { return crop }
                return try builder.resize(crop, to: size, interpolation)
            }
        }
        return [y]
    }

    /// The part of the layer's size, or what there is of it, from where the crop of its aspect ratio begins.
    private func cut(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let shape = builder.shape(of: x)
        let (height, width) = (try shape.knownExtent(1), try shape.knownExtent(2))
        func start(_ extent: Int, _ wanted: Int) -> Int {
            (extent - max(min(extent, wanted), 1)) / 2
        }
        let top = start(height, try checkedProduct(width, size.height, "the image") / size.width)
        let left = start(width, try checkedProduct(height, size.width, "the image") / size.height)
        let rows = try builder.slice(
            x, axis: 1, from: top, count: min(size.height, height - top))
        return try builder.slice(
            rows, axis: 2, from: left, count: min(size.width, width - left))
    }
}
