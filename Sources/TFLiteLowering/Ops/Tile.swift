import GraphIR
import TFLiteFormat

extension Tile {
    /// TILE.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32, .int32, .int64, .int8, .uint8, .bool])
        node.emit(
            .tile, [node.input(0), node.integers(multiples, role: "multiples")], EmptyOptions.tile)
    }
}
