import TFLiteFormat

/// Operators that cost alike on a target.
package enum OperatorClass: Sendable, Hashable, CaseIterable {
    /// Convolutions over several channels, transposed ones included.
    case convolution
    /// Convolutions of each channel by itself.
    case depthwise
    /// Products of matrices.
    case matrix
    /// Whole sequences through a recurrent cell.
    case recurrence
    /// Arithmetic of a few instructions on each element.
    case elementwise
    /// Exponentials and the like on each element.
    case function
    /// Pooling windows.
    case window
    /// Sums, means and extrema along axes.
    case reduction
    /// Elements in another place, without arithmetic.
    case move
    /// Everything else; a delegate leaves it to the built-in kernels.
    case other

    /// The class of an operator.
    package init(_ builtin: BuiltinOperator) {
        switch builtin {
        case .conv2D, .transposeConv, .conv3D, .conv3DTranspose: self = .convolution
        case .depthwiseConv2D: self = .depthwise
        case .fullyConnected, .batchMatMul: self = .matrix
        case .unidirectionalSequenceLSTM, .unidirectionalSequenceRNN, .bidirectionalSequenceLSTM,
            .bidirectionalSequenceRNN, .lstm, .rnn, .svdf:
            self = .recurrence
        case .add, .sub, .mul, .div, .maximum, .minimum, .squaredDifference, .abs, .neg, .square,
            .relu, .relu6, .reluN1To1, .leakyRelu, .prelu, .hardSwish, .floor, .ceil, .round:
            self = .elementwise
        case .logistic, .tanh, .exp, .log, .gelu, .elu, .sqrt, .rsqrt, .sin, .cos, .softmax:
            self = .function
        case .maxPool2D, .averagePool2D: self = .window
        case .mean, .sum, .reduceMax, .reduceMin: self = .reduction
        case .reshape, .transpose, .concatenation, .pad, .slice, .stridedSlice, .split,
            .depthToSpace, .spaceToDepth, .resizeBilinear:
            self = .move
        default: self = .other
        }
    }
}
