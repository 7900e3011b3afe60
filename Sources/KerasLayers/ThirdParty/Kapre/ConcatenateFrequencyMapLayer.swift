import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `ConcatenateFrequencyMap`: one more channel that tells the frequency, from 0 to 1.
struct ConcatenateFrequencyMapLayer: KerasLayer {
    static let classNames = ["Kapre>ConcatenateFrequencyMap"]

    static let support = LayerSupport(package: "kapre", .keras2 ... .keras2)

    private let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        format = try config.kapreFormat("data_format")
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let isLast = format == .channelsLast
        let count = try builder.shape(of: x).knownExtent(isLast ? 2 : 3)
        try checkList(count, "the frequencies")
        let values = (0..<count).map { count > 1 ? Double($0) / Double(count - 1) : 0 }
        let map = builder.constant(
            Constant(values, isLast ? [1, 1, count, 1] : [1, 1, 1, count]), role: "frequencies")
        var extents = builder.extents(of: x)
        extents[isLast ? 3 : 1] = .known(1)
        return [
            try builder.concatenate([x, builder.broadcast(map, extents)], axis: isLast ? 3 : 1)
        ]
    }
}
