/// Options of L2_NORMALIZATION.
package struct L2NormOptions: FusedActivationOptions {
    package var tag: UInt8 { 12 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
    }
}

/// Options of LOCAL_RESPONSE_NORMALIZATION.
package struct LocalResponseNormalizationOptions: OptionsTable {
    package var tag: UInt8 { 13 }

    /// How many neighbours count on each side.
    package var radius = 0
    /// The constant term.
    package var bias: Float = 0
    /// The coefficient of the function.
    package var alpha: Float = 0
    /// The factor of the exponent.
    package var beta: Float = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(radius: Int, bias: Float, alpha: Float, beta: Float) {
        self.radius = radius
        self.bias = bias
        self.alpha = alpha
        self.beta = beta
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("radius", &radius)
        try visitor.visit("bias", &bias)
        try visitor.visit("alpha", &alpha)
        try visitor.visit("beta", &beta)
    }
}
