import Tensors

/// How a window treats the border of its data; also with padding that no rule gives.
enum Border: Hashable {
    case same, valid
    case explicit(before: Int, after: Int)
}

extension WindowAxis {
    /// The axis that a border gives.
    init?(input: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, border: Border) {
        switch border {
        case .same:
            self.init(
                input: input, kernel: kernel, stride: stride, dilation: dilation,
                padding: Padding.same)
        case .valid:
            self.init(
                input: input, kernel: kernel, stride: stride, dilation: dilation,
                padding: Padding.valid)
        case .explicit(let before, let after):
            let room = input + before + after - ((kernel - 1) * dilation + 1)
            self.init(
                input: input, kernel: kernel, output: room < 0 ? 0 : room / stride + 1,
                stride: stride, dilation: dilation, padBefore: before)
        }
    }
}
