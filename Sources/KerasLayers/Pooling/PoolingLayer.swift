import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `MaxPooling1D` … `AveragePooling3D`: the maximum or average of a sliding window.
///
/// An average divides by the number of elements inside the input.
struct PoolingLayer: KerasLayer {
    static let classNames = [
        "MaxPooling1D", "MaxPooling2D", "MaxPooling3D",
        "AveragePooling1D", "AveragePooling2D", "AveragePooling3D",
    ]

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats")

    let pooling: WindowPooling

    init(config: LayerConfig, context: LayerContext) throws {
        let rank = context.spatialRank
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
