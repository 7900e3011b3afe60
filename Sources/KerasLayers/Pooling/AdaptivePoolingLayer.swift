import GraphIR
import KerasFormat
import KerasFunctions

/// `AdaptiveAveragePooling1D` … `AdaptiveMaxPooling3D`: as many windows along each axis as the output has elements.
struct AdaptivePoolingLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = [
        "AdaptiveAveragePooling1D": 1, "AdaptiveAveragePooling2D": 2, "AdaptiveAveragePooling3D": 3,
        "AdaptiveMaxPooling1D": 1, "AdaptiveMaxPooling2D": 2, "AdaptiveMaxPooling3D": 3,
    ]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras3 ... .keras3, "the spatial sizes have to be known")

    let pooling: AdaptivePooling

    init(config: LayerConfig, context: LayerContext) throws {
        pooling = AdaptivePooling(
            kind: context.className.contains("Max") ? .max : .mean,
            size: try config.sizes("output_size", count: context.spatialRank(Self.spatialRanks)),
            format: try config.dataFormat())
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try pooling.apply(to: call.onlyInput(), in: builder)]
    }
}
