import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `UpSampling1D`, `UpSampling2D`, `UpSampling3D`: spatial axes enlarged by whole factors, by repetition or (2-D) by
/// interpolation.
struct UpSamplingLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = [
        "UpSampling1D": 1, "UpSampling2D": 2, "UpSampling3D": 3,
    ]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(
        .keras1 ... .keras3, "all interpolations; bicubic and lanczos of known sizes")

    let factors: [Int]
    let format: DataFormat
    let interpolation: ImageInterpolation

    init(config: LayerConfig, context: LayerContext) throws {
        factors = try config.sizes(
            "size", count: context.spatialRank(Self.spatialRanks), default: 2)
        format = try config.dataFormat()
        interpolation = try ImageInterpolation(
            named: config.string("interpolation", default: "nearest"), version: context.version)
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
