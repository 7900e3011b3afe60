import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `ZeroPadding1D`, `ZeroPadding2D`, `ZeroPadding3D`: zeros around the spatial axes.
struct ZeroPaddingLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = [
        "ZeroPadding1D": 1, "ZeroPadding2D": 2, "ZeroPadding3D": 3,
    ]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats")

    let amounts: [PadAmount]
    let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        amounts = try config.amounts(
            "padding", count: context.spatialRank(Self.spatialRanks), default: 1)
        format = try config.dataFormat()
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, amounts.count + 2)
        return [
            try builder.channelsLast(x, format) {
                try builder.pad($0, [.none] + amounts + [.none])
            }
        ]
    }
}
