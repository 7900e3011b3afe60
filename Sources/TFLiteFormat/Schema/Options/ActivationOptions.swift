/// Options of SOFTMAX.
package struct SoftmaxOptions: OptionsTable {
    package var tag: UInt8 { 9 }

    /// The factor of the exponent.
    package var beta: Float = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(beta: Float) {
        self.beta = beta
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("beta", &beta)
    }
}

/// Options of LEAKY_RELU.
package struct LeakyReluOptions: OptionsTable {
    package var tag: UInt8 { 75 }

    /// The coefficient of the function.
    package var alpha: Float = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(alpha: Float) {
        self.alpha = alpha
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("alpha", &alpha)
    }
}

/// Options of GELU.
package struct GeluOptions: OptionsTable {
    package var tag: UInt8 { 116 }

    /// Whether the tanh form is used.
    package var isApproximate = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(isApproximate: Bool) {
        self.isApproximate = isApproximate
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("approximate", &isApproximate)
    }
}
