import GraphIR
import TFLiteFormat

extension MirrorPad {
    /// MIRROR_PAD.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32, .int32, .int64, .int16, .int8, .uint8])
        try node.lowerMergingAxes(limit: 5, key: { amounts[$0] == [0, 0] ? -1 : $0 }) {
            input, output, groups in
            let padding = node.integers(
                groups.flatMap { amounts[$0.lowerBound] }, [groups.count, 2], role: "padding")
            node.emit(
                .mirrorPad, [input, padding], to: [output],
                MirrorPadOptions(mode: mode == .reflect ? .reflect : .symmetric))
        }
    }
}
