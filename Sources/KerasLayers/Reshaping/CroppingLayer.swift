import GraphIR
import KerasFormat
import KerasFunctions

/// `Cropping1D`, `Cropping2D`, `Cropping3D`: the spatial axes without some elements at both ends.
struct CroppingLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = ["Cropping1D": 1, "Cropping2D": 2, "Cropping3D": 3]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats")

    let amounts: [PadAmount]
    let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        let rank = context.spatialRank(Self.spatialRanks)
        amounts = try config.amounts("cropping", count: rank, default: rank == 2 ? 0 : 1)
        format = try config.dataFormat()
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, amounts.count + 2)
        return [
            try builder.channelsLast(x, format) {
                try builder.trimmed($0, [.none] + amounts + [.none])
            }
        ]
    }
}
