import GraphIR
import TFLiteFormat

extension MirrorPad {
    /// MIRROR_PAD.
    func lower(_ node: NodeLowering) throws {
        let (x, y) = (try node.input(0), try node.output())
        let padding = node.integers(
            amounts.flatMap { [$0.before, $0.after] }, [amounts.count, 2], role: "padding")
        try node.emit(
            .mirrorPad, [x, padding], to: [y],
            MirrorPadOptions(mode: mode == .reflect ? .reflect : .symmetric))
    }
}
