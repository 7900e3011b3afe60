import GraphIR
import Tensors

/// The filter `[out, kh, kw, in]` of a convolution, read as far as it is asked for.
struct KernelElements {
    let constant: Constant

    var outputs: Int { constant.shape[0] }
    var height: Int { constant.shape[1] }
    var width: Int { constant.shape[2] }
    var channels: Int { constant.shape[3] }
    var taps: Int { height * width }

    /// Elements of a part, in order.
    func part(
        outputs: Range<Int>? = nil, rows: Range<Int>? = nil, columns: Range<Int>? = nil,
        channels: Range<Int>? = nil
    ) -> [Double] {
        var view = constant
        for (axis, range) in [outputs, rows, columns, channels].enumerated() {
            if let range { view = view.sliced(range, axis: axis) }
        }
        return view.doubles()
    }

    /// Whether all elements of a part are zero; other parts of most filters show it with their first elements.
    func isZero(
        outputs: Range<Int>? = nil, rows: Range<Int>? = nil, columns: Range<Int>? = nil,
        channels: Range<Int>? = nil
    ) -> Bool {
        let (output, channel) = (outputs?.lowerBound ?? 0, channels?.lowerBound ?? 0)
        let sample = part(
            outputs: output..<output + 1, rows: rows, columns: columns,
            channels: channel..<channel + 1)
        guard sample.allSatisfy({ $0 == 0 }) else { return false }
        return part(outputs: outputs, rows: rows, columns: columns, channels: channels)
            .allSatisfy { $0 == 0 }
    }
}
