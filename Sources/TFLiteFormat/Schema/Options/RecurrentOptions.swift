/// Options of LSTM.
package struct LSTMOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 14 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// The bound of the cell state; 0 for none.
    package var cellClip: Float = 0
    /// The bound of the projection; 0 for none.
    package var projectionClip: Float = 0
    /// Which form of the cell is computed.
    package var kernelType: LSTMKernel = .full
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("cell_clip", &cellClip)
        try visitor.visit("proj_clip", &projectionClip)
        try visitor.visit("kernel_type", &kernelType)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}

/// Options of UNIDIRECTIONAL_SEQUENCE_LSTM.
package struct UnidirectionalSequenceLSTMOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 71 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// The bound of the cell state; 0 for none.
    package var cellClip: Float = 0
    /// The bound of the projection; 0 for none.
    package var projectionClip: Float = 0
    /// Whether time is the outermost axis.
    package var isTimeMajor = false
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false
    /// Whether the recurrent weights are diagonals.
    package var hasDiagonalRecurrentTensors = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        activation: TFLiteActivation, cellClip: Float = 0, projectionClip: Float = 0,
        isTimeMajor: Bool = false, quantizesInputsAsymmetrically: Bool = false,
        hasDiagonalRecurrentTensors: Bool = false
    ) {
        self.activation = activation
        self.cellClip = cellClip
        self.projectionClip = projectionClip
        self.isTimeMajor = isTimeMajor
        self.quantizesInputsAsymmetrically = quantizesInputsAsymmetrically
        self.hasDiagonalRecurrentTensors = hasDiagonalRecurrentTensors
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("cell_clip", &cellClip)
        try visitor.visit("proj_clip", &projectionClip)
        try visitor.visit("time_major", &isTimeMajor)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
        try visitor.visit("diagonal_recurrent_tensors", &hasDiagonalRecurrentTensors)
    }
}

/// Options of BIDIRECTIONAL_SEQUENCE_LSTM.
package struct BidirectionalSequenceLSTMOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 69 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// The bound of the cell state; 0 for none.
    package var cellClip: Float = 0
    /// The bound of the projection; 0 for none.
    package var projectionClip: Float = 0
    /// Whether both directions go to one output.
    package var mergesOutputs = false
    /// Whether time is the outermost axis.
    package var isTimeMajor = true
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("cell_clip", &cellClip)
        try visitor.visit("proj_clip", &projectionClip)
        try visitor.visit("merge_outputs", &mergesOutputs)
        try visitor.visit("time_major", &isTimeMajor, default: true)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}

/// Options of RNN.
package struct RNNOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 7 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}

/// Options of UNIDIRECTIONAL_SEQUENCE_RNN.
package struct SequenceRNNOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 31 }

    /// Whether time is the outermost axis.
    package var isTimeMajor = false
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        isTimeMajor: Bool, activation: TFLiteActivation = .none,
        quantizesInputsAsymmetrically: Bool = false
    ) {
        self.isTimeMajor = isTimeMajor
        self.activation = activation
        self.quantizesInputsAsymmetrically = quantizesInputsAsymmetrically
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("time_major", &isTimeMajor)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}

/// Options of BIDIRECTIONAL_SEQUENCE_RNN.
package struct BidirectionalSequenceRNNOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 70 }

    /// Whether time is the outermost axis.
    package var isTimeMajor = false
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Whether both directions go to one output.
    package var mergesOutputs = false
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("time_major", &isTimeMajor)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("merge_outputs", &mergesOutputs)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}

/// Options of SVDF.
package struct SVDFOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 6 }

    /// The rank of the approximation.
    package var rank = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("rank", &rank)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}
