import GraphIR
import TFLiteFormat

extension Tile {
    /// TILE.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.tile, [node.input(0), node.integers(multiples, role: "multiples")])
    }
}
