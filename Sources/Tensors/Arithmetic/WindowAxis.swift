/// One spatial axis of a sliding window: where each output position reads its input.
///
/// Output position `o` and tap `k` read input position `o·stride + k·dilation − padBefore`;
/// positions outside the input hold nothing (zero for convolutions, skipped by pools).
/// For transposed convolutions the axis is that of the convolution being transposed: `input` is the
/// extent of the transposed kernel's *output* and `output` that of its *input*.
package struct WindowAxis: Sendable, Hashable {
    /// Extent of the data the window slides over.
    package let input: Int
    /// Number of taps.
    package let kernel: Int
    /// Extent of the result.
    package let output: Int
    /// Input positions between neighbouring outputs.
    package let stride: Int
    /// Input positions between neighbouring taps.
    package let dilation: Int
    /// Positions before the data that the first window covers; may be negative.
    package let padBefore: Int

    /// An axis with its padding resolved, or nil if an extent is out of range.
    package init?(
        input: Int, kernel: Int, output: Int, stride: Int = 1, dilation: Int = 1, padBefore: Int = 0
    ) {
        let limit = Int(Int32.max)
        guard (0...limit).contains(input), (1...limit).contains(kernel),
            (0...limit).contains(output), (1...limit).contains(stride),
            (1...limit).contains(dilation), (-limit...limit).contains(padBefore)
        else { return nil }
        self.input = input
        self.kernel = kernel
        self.output = output
        self.stride = stride
        self.dilation = dilation
        self.padBefore = padBefore
    }

    /// The axis that a padding rule gives, or nil if an extent is out of range.
    package init?(
        input: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, padding: Padding
    ) {
        let limit = Int(Int32.max)
        guard (0...limit).contains(input), (1...limit).contains(kernel),
            (1...limit).contains(stride), (1...limit).contains(dilation)
        else { return nil }
        self.init(
            input: input, kernel: kernel,
            output: padding.outputSize(input, window: kernel, stride: stride, dilation: dilation),
            stride: stride, dilation: dilation,
            padBefore: padding.amounts(input, window: kernel, stride: stride, dilation: dilation)
                .before)
    }

    /// An axis of one position and one tap.
    package static let unit = WindowAxis()

    private init() {
        input = 1
        kernel = 1
        output = 1
        stride = 1
        dilation = 1
        padBefore = 0
    }

    /// Positions that one window spans.
    package var span: Int { (kernel - 1) * dilation + 1 }

    /// Positions after the data that the last window covers; negative if it ends earlier.
    package var padAfter: Int { (output - 1) * stride + span - padBefore - input }

    /// The taps of an output position that read inside the input.
    @inlinable package func taps(at position: Int) -> Range<Int> {
        let start = position * stride - padBefore
        let first = start >= 0 ? 0 : (dilation - 1 - start) / dilation
        let room = input - start
        let end = room <= 0 ? 0 : Swift.min(kernel, (room - 1) / dilation + 1)
        return first < end ? first..<end : 0..<0
    }

    /// The input position that a tap of an output position reads; may lie outside the input.
    @inlinable package func inputPosition(output: Int, tap: Int) -> Int {
        output * stride + tap * dilation - padBefore
    }
}
