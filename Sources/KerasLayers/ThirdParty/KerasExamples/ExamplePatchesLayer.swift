import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `Patches` of keras.io's vision transformer: the squares that an image consists of, `[N, patches, size · size · C]`.
struct ExamplePatchesLayer: KerasLayer {
    static let classNames = ["Patches"]

    static let support = LayerSupport(
        package: "keras.io examples", .keras2 ... .keras3,
        "as defined there; the sizes have to be known")

    private let size: Int

    init(config: LayerConfig, context: LayerContext) throws {
        try config.requireOnly(["patch_size"])
        size = try config.size("patch_size")
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        builder.remark(
            "taken for the class of keras.io's vision transformer: squares of \(size)×\(size) pixels",
            on: call.inputs)
        return [try builder.squares(of: x, size: Size2D(size, size))]
    }
}

extension GraphBuilder {
    /// The rectangles that images `[N, H, W, C]` consist of, row by row, `[N, count, height · width · C]`; what is left at the
    /// end of rows and columns is dropped.
    func squares(of x: ValueID, size: Size2D) throws -> ValueID {
        let shape = shape(of: x)
        let rows = try shape.knownExtent(1) / size.height
        let (columns, channels) = (try shape.knownExtent(2) / size.width, try shape.knownExtent(3))
        guard rows > 0, columns > 0 else {
            throw Problem(.invalidShape("the image \(shape) is smaller than a patch"))
        }
        let cut = try slice(
            slice(x, axis: 1, from: 0, count: rows * size.height), axis: 2, from: 0,
            count: columns * size.width)
        let grid = try reshape(
            cut, [Shape.free, rows, size.height, columns, size.width * channels])
        return try reshape(
            transpose(grid, [0, 1, 3, 2, 4]),
            [extent(0, of: x), .known(rows * columns), .known(size.height * size.width * channels)])
    }
}
