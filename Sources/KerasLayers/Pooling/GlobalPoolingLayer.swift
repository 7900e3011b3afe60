import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `GlobalMaxPooling1D` … `GlobalAveragePooling3D`: the maximum or average over all spatial axes.
///
/// `GlobalAveragePooling1D` averages over the steps that a mask keeps.
struct GlobalPoolingLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = [
        "GlobalMaxPooling1D": 1, "GlobalMaxPooling2D": 2, "GlobalMaxPooling3D": 3,
        "GlobalAveragePooling1D": 1, "GlobalAveragePooling2D": 2, "GlobalAveragePooling3D": 3,
    ]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats, keepdims, masks")

    let kind: Reduce.Kind
    let rank: Int
    let format: DataFormat
    let keepsDimensions: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        rank = context.spatialRank(Self.spatialRanks) + 2
        kind = context.className.hasPrefix("GlobalMax") ? .max : .mean
        format = try config.dataFormat()
        keepsDimensions = try config.bool("keepdims", default: false)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var x = try call.onlyInput()
        try builder.requireRank(x, rank)
        if kind == .mean, rank == 3, let mask = call.masks.first ?? nil {
            return [try maskedMean(x, mask, in: builder)]
        }
        let dims = builder.shape(of: x).dims
        if format == .channelsFirst { x = try builder.channelsLast(from: x) }
        let y = try builder.reduce(kind, x, axes: Array(1..<rank - 1))
        return [keepsDimensions ? try withUnitAxes(y, dims, in: builder) : y]
    }

    /// Σ mask · x / Σ mask over the steps.
    private func maskedMean(
        _ x: ValueID, _ mask: ValueID, in builder: GraphBuilder
    ) throws -> ValueID {
        let axis = format.spatialAxes(rank: rank)[0]
        let weights = try builder.expandDimension(
            builder.cast(mask, to: builder.dtype(of: x)), at: format.channelAxis(rank: rank))
        let sum = try builder.reduce(
            .sum, builder.multiply(x, weights), axes: [axis], keepDimensions: keepsDimensions)
        let count = try builder.reduce(
            .sum, weights, axes: [axis], keepDimensions: keepsDimensions)
        return try builder.divide(sum, count)
    }

    private func withUnitAxes(
        _ y: ValueID, _ dims: [Int], in builder: GraphBuilder
    ) throws -> ValueID {
        let spatial = format.spatialAxes(rank: rank)
        return try builder.reshape(
            y, dims.indices.map { spatial.contains($0) ? 1 : dims[$0] })
    }
}
