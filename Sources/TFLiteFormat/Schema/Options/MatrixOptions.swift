/// Options of FULLY_CONNECTED.
package struct FullyConnectedOptions: FusedActivationOptions, HybridOptions {
    package var tag: UInt8 { 8 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// How the weights are laid out.
    package var weightsFormat: WeightsFormat = .default
    /// Whether the output keeps the rank of the input.
    package var keepsRank = false
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false
    /// The type of the bias of a quantized operator; `float32` leaves it to the runtime.
    package var quantizedBiasType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        activation: TFLiteActivation, weightsFormat: WeightsFormat = .default,
        keepsRank: Bool = false, quantizesInputsAsymmetrically: Bool = false,
        quantizedBiasType: TFLiteTensorType = .float32
    ) {
        self.activation = activation
        self.weightsFormat = weightsFormat
        self.keepsRank = keepsRank
        self.quantizesInputsAsymmetrically = quantizesInputsAsymmetrically
        self.quantizedBiasType = quantizedBiasType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("weights_format", &weightsFormat)
        try visitor.visit("keep_num_dims", &keepsRank)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
        try visitor.visit("quantized_bias_type", &quantizedBiasType)
    }
}

/// Options of BATCH_MATMUL.
package struct BatchMatMulOptions: HybridOptions {
    package var tag: UInt8 { 101 }

    /// Whether the left matrices are transposed.
    package var transposesLeft = false
    /// Whether the right matrices are transposed.
    package var transposesRight = false
    /// Whether a hybrid kernel quantizes its inputs with a zero point.
    package var quantizesInputsAsymmetrically = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        transposesLeft: Bool, transposesRight: Bool = false,
        quantizesInputsAsymmetrically: Bool = false
    ) {
        self.transposesLeft = transposesLeft
        self.transposesRight = transposesRight
        self.quantizesInputsAsymmetrically = quantizesInputsAsymmetrically
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("adj_x", &transposesLeft)
        try visitor.visit("adj_y", &transposesRight)
        try visitor.visit("asymmetric_quantize_inputs", &quantizesInputsAsymmetrically)
    }
}
