import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `SpatialPyramidPooling2D`: averages over grids of several sizes, one after the other, `[N, cells, C]` (channels first
/// `[N, C, cells]`).
///
/// Rows and columns at the end that do not fill the cells of a grid are left out.
struct SpatialPyramidPoolingLayer: KerasLayer {
    static let classNames = ["Addons>SpatialPyramidPooling2D"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "the spatial sizes have to be known")

    let grids: [[Int]]
    let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        format = try config.dataFormat()
        guard let bins = config["bins"]?.array else { throw Problem(.missingField("bins")) }
        grids = try bins.map { bin in
            let sizes = (bin.array ?? [bin, bin]).compactMap(\.int)
            guard sizes.count == 2, sizes.allSatisfy(ConfigLimits.size.contains) else {
                throw Problem(
                    .invalidField("bins", value: bin.description, expected: "one size or two"))
            }
            return sizes
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let y = format == .channelsFirst ? try builder.channelsLast(from: x) : x
        let shape = builder.shape(of: y)
        let cells = try grids.map { grid in
            var part = y
            for (axis, bins) in zip([1, 2], grid) {
                let extent = try shape.knownExtent(axis)
                guard bins <= extent else {
                    throw Problem(.invalidShape("a grid of \(grid) cells in \(shape)"))
                }
                let count = extent - extent % bins
                if count != extent {
                    part = try builder.slice(part, axis: axis, from: 0, count: count)
                }
            }
            let pooled = try AdaptivePooling(kind: .mean, size: grid, format: .channelsLast)
                .apply(to: part, in: builder)
            return try builder.reshape(
                pooled,
                [builder.extent(0, of: y), .known(grid[0] * grid[1]), builder.extent(3, of: y)])
        }
        let all = try builder.concatenate(cells, axis: 1)
        return [format == .channelsFirst ? try builder.transpose(all, [0, 2, 1]) : all]
    }
}
