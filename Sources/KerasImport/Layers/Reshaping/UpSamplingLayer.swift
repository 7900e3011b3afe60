import GraphIR
import Problems
import Tensors

/// `UpSampling1D`, `UpSampling2D`, `UpSampling3D`: spatial axes enlarged by whole factors, by repetition or (2-D) by
/// interpolation.
struct UpSamplingLayer: KerasLayer {
    static let classNames = ["UpSampling1D", "UpSampling2D", "UpSampling3D"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "all interpolations; the spatial sizes have to be known")

    let factors: [Int]
    let format: DataFormat
    let interpolation: ImageInterpolation

    init(config: LayerConfig, context: LayerContext) throws {
        factors = try config.sizes("size", count: context.spatialRank, default: 2)
        format = try config.dataFormat()
        interpolation = try ImageInterpolation(
            named: config.string("interpolation", default: "nearest"), context: context)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, factors.count + 2)
        let y = try builder.channelsLast(x, format) { x in
            switch factors.count {
            case 1: try builder.asImageRow(x) { try scaled($0, by: (1, factors[0]), in: builder) }
            case 2: try scaled(x, by: (factors[0], factors[1]), in: builder)
            default: try scaledVolume(x, in: builder)
            }
        }
        return [y]
    }

    private func scaled(
        _ x: ValueID, by factors: (Int, Int), in builder: GraphBuilder
    ) throws -> ValueID {
        let shape = builder.shape(of: x)
        return try builder.resize(
            x,
            to: Size2D(
                product(shape.knownExtent(1), factors.0, "the height"),
                product(shape.knownExtent(2), factors.1, "the width")), interpolation)
    }

    /// `[N, D, H, W, C]` with height and width scaled slice by slice, then depth.
    private func scaledVolume(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let dims = builder.shape(of: x).dims
        guard !dims.dropFirst().contains(Shape.free) else { throw Problem.unknownSpatialSize }
        let slices = try builder.reshape(x, [-1, dims[2], dims[3], dims[4]])
        let images = try scaled(slices, by: (factors[1], factors[2]), in: builder)
        let inner = builder.shape(of: images)
        let columns = try builder.reshape(images, [-1, dims[1], inner[1] * inner[2], dims[4]])
        let result = try scaled(columns, by: (factors[0], 1), in: builder)
        return try builder.reshape(
            result, [dims[0], builder.shape(of: result)[1], inner[1], inner[2], dims[4]])
    }
}
