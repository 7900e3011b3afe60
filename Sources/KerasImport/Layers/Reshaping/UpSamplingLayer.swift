import GraphIR
import Tensors

/// `UpSampling1D`, `UpSampling2D`, `UpSampling3D`: spatial axes enlarged by whole factors, by repetition or (2-D) by
/// interpolation.
struct UpSamplingLayer: KerasLayer {
    static let classNames = ["UpSampling1D", "UpSampling2D", "UpSampling3D"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "all interpolations; bicubic and lanczos of known sizes")

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
        try builder.enlarge(x, by: Size2D(factors.0, factors.1), interpolation)
    }

    /// `[N, D, H, W, C]` with height and width scaled slice by slice, then depth.
    private func scaledVolume(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.planewise(x) {
            try scaled($0, by: (factors[1], factors[2]), in: builder)
        } depth: {
            try scaled($0, by: (factors[0], 1), in: builder)
        }
    }
}

extension GraphBuilder {
    /// Applies `planes` to the slices `[N · D, H, W, C]` of a volume `[N, D, H, W, C]`, then `depth` to its columns
    /// `[N, D, H · W, C]`.
    func planewise(
        _ x: ValueID, _ planes: (ValueID) throws -> ValueID, depth: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        let extents = extents(of: x)
        let slices = try reshape(x, [.rest] + extents[2...])
        let inner = try planes(slices)
        let plane = shape(of: inner)
        let area = Shape([plane[1], plane[2]])
        let columns = try reshape(
            inner,
            [
                area.isStatic ? .rest : extents[0], extents[1],
                area.isStatic ? .known(try product(plane[1], plane[2], "a plane")) : .rest,
                extents[4],
            ])
        let result = try depth(columns)
        return try reshape(
            result,
            [extents[0], extent(1, of: result), extent(1, of: inner), extent(2, of: inner)]
                + [extents[4]])
    }
}
