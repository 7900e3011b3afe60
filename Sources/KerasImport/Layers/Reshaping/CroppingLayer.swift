import GraphIR
import Problems
import Tensors

/// `Cropping1D`, `Cropping2D`, `Cropping3D`: the spatial axes without some elements at both ends.
struct CroppingLayer: KerasLayer {
    static let classNames = ["Cropping1D", "Cropping2D", "Cropping3D"]

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats")

    let amounts: [[Int]]
    let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        let rank = context.spatialRank
        amounts = try config.amounts("cropping", count: rank, default: rank == 2 ? 0 : 1)
        format = try config.dataFormat()
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, amounts.count + 2)
        return [
            try builder.channelsLast(x, format) { x in
                let dims = builder.shape(of: x).dims
                var begin = [Int](repeating: 0, count: dims.count)
                var sizes = dims.map { $0 == Shape.free ? -1 : $0 }
                for (axis, amount) in amounts.enumerated() where amount != [0, 0] {
                    let extent = try builder.shape(of: x).knownExtent(axis + 1)
                    begin[axis + 1] = amount[0]
                    sizes[axis + 1] = extent - amount[0] - amount[1]
                    guard sizes[axis + 1] > 0 else {
                        throw Problem(
                            .invalidShape("\(amount) cannot be cropped from \(Shape(dims))"))
                    }
                }
                if sizes == dims { return x }
                return try builder.add(.slice(Slice(begin: begin, sizes: sizes)), [x])
            }
        ]
    }
}
