import GraphIR
import KerasFormat

/// `RepeatVector`: `[N, F]` repeated as `[N, n, F]`.
struct RepeatVectorLayer: KerasLayer {
    static let classNames = ["RepeatVector"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let count: Int

    init(config: LayerConfig, context: LayerContext) throws {
        count = try config.size("n")
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 2)
        let row = try builder.expandDimension(x, at: 1)
        return [count == 1 ? row : try builder.add(.tile(Tile([1, count, 1])), [row])]
    }
}
