import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `MaxPooling1D` … `AveragePooling3D`: the maximum or average of a sliding window.
///
/// An average divides by the number of elements inside the input.
struct PoolingLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = [
        "MaxPooling1D": 1, "MaxPooling2D": 2, "MaxPooling3D": 3, "AveragePooling1D": 1,
        "AveragePooling2D": 2, "AveragePooling3D": 3,
    ]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats")

    let pooling: WindowPooling

    init(config: LayerConfig, context: LayerContext) throws {
        let rank = context.spatialRank(Self.spatialRanks)
        let window = try config.sizes("pool_size", count: rank, default: 2)
        pooling = WindowPooling(
            kind: context.className.hasPrefix("Max") ? .max : .average, window: window,
            strides: config.has("strides") ? try config.sizes("strides", count: rank) : window,
            padding: try config.padding(), format: try config.dataFormat())
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try pooling.apply(to: call.onlyInput(), in: builder)]
    }
}
