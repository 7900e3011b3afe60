/// Options of CONCATENATION.
package struct ConcatenationOptions: FusedActivationOptions {
    package var tag: UInt8 { 10 }

    /// The axis that is worked along.
    package var axis = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(axis: Int, activation: TFLiteActivation = .none) {
        self.axis = axis
        self.activation = activation
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("axis", &axis)
        try visitor.visit("fused_activation_function", &activation)
    }
}

/// Options of SPLIT.
package struct SplitOptions: OptionsTable {
    package var tag: UInt8 { 35 }

    /// The number of outputs.
    package var splitCount = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(splitCount: Int) {
        self.splitCount = splitCount
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("num_splits", &splitCount)
    }
}

/// Options of SPLIT_V.
package struct SplitVOptions: OptionsTable {
    package var tag: UInt8 { 79 }

    /// The number of outputs.
    package var splitCount = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(splitCount: Int) {
        self.splitCount = splitCount
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("num_splits", &splitCount)
    }
}

/// Options of PACK.
package struct PackOptions: OptionsTable {
    package var tag: UInt8 { 59 }

    /// The number of inputs.
    package var inputCount = 0
    /// The axis that is worked along.
    package var axis = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(inputCount: Int, axis: Int) {
        self.inputCount = inputCount
        self.axis = axis
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("values_count", &inputCount)
        try visitor.visit("axis", &axis)
    }
}

/// Options of UNPACK.
package struct UnpackOptions: OptionsTable {
    package var tag: UInt8 { 64 }

    /// The number of outputs.
    package var count = 0
    /// The axis that is worked along.
    package var axis = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(count: Int, axis: Int) {
        self.count = count
        self.axis = axis
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("num", &count)
        try visitor.visit("axis", &axis)
    }
}
