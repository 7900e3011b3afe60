/// Options of ADD.
package struct AddOptions: FusedActivationOptions {
    package var tag: UInt8 { 11 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Whether 16-bit scales are powers of two.
    package var powerOfTwoScaleInt16 = true

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(activation: TFLiteActivation, powerOfTwoScaleInt16: Bool = true) {
        self.activation = activation
        self.powerOfTwoScaleInt16 = powerOfTwoScaleInt16
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("pot_scale_int16", &powerOfTwoScaleInt16, default: true)
    }
}

/// Options of SUB.
package struct SubOptions: FusedActivationOptions {
    package var tag: UInt8 { 28 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Whether 16-bit scales are powers of two.
    package var powerOfTwoScaleInt16 = true

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(activation: TFLiteActivation, powerOfTwoScaleInt16: Bool = true) {
        self.activation = activation
        self.powerOfTwoScaleInt16 = powerOfTwoScaleInt16
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("pot_scale_int16", &powerOfTwoScaleInt16, default: true)
    }
}

/// Options of MUL.
package struct MulOptions: FusedActivationOptions {
    package var tag: UInt8 { 21 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(activation: TFLiteActivation) {
        self.activation = activation
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
    }
}

/// Options of DIV.
package struct DivOptions: FusedActivationOptions {
    package var tag: UInt8 { 29 }

    /// The function applied to the result.
    package var activation: TFLiteActivation = .none

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(activation: TFLiteActivation) {
        self.activation = activation
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("fused_activation_function", &activation)
    }
}

/// Options of FAKE_QUANT.
package struct FakeQuantOptions: OptionsTable {
    package var tag: UInt8 { 58 }

    /// The least value.
    package var minimum: Float = 0
    /// The greatest value.
    package var maximum: Float = 0
    /// The number of bits.
    package var bitCount = 0
    /// Whether the lowest code is left out.
    package var hasNarrowRange = false

    /// The defaults of the schema.
    package init() {}

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("min", &minimum)
        try visitor.visit("max", &maximum)
        try visitor.visit("num_bits", &bitCount)
        try visitor.visit("narrow_range", &hasNarrowRange)
    }
}
