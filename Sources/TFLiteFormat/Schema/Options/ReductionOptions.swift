/// Options of AVERAGE_POOL_2D, L2_POOL_2D and MAX_POOL_2D.
package struct Pool2DOptions: FusedActivationOptions {
    package var tag: UInt8 { 5 }

    /// How the borders are padded.
    package var padding: TFLitePadding = .same
    /// Step along the width.
    package var strideWidth = 0
    /// Step along the height.
    package var strideHeight = 0
    /// The width of the window.
    package var filterWidth = 0
    /// The height of the window.
    package var filterHeight = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        padding: TFLitePadding, strideWidth: Int, strideHeight: Int, filterWidth: Int,
        filterHeight: Int,
        activation: TFLiteActivation = .none
    ) {
        self.padding = padding
        self.strideWidth = strideWidth
        self.strideHeight = strideHeight
        self.filterWidth = filterWidth
        self.filterHeight = filterHeight
        self.activation = activation
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("padding", &padding)
        try visitor.visit("stride_w", &strideWidth)
        try visitor.visit("stride_h", &strideHeight)
        try visitor.visit("filter_width", &filterWidth)
        try visitor.visit("filter_height", &filterHeight)
        try visitor.visit("fused_activation_function", &activation)
    }
}

/// Options of MEAN, SUM, REDUCE_PROD, REDUCE_MAX, REDUCE_MIN, REDUCE_ANY and REDUCE_ALL.
package struct ReducerOptions: OptionsTable {
    package var tag: UInt8 { 27 }

    /// Whether reduced axes stay with extent 1.
    package var keepsDimensions = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(keepsDimensions: Bool) {
        self.keepsDimensions = keepsDimensions
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("keep_dims", &keepsDimensions)
    }
}

/// Options of CUMSUM.
package struct CumsumOptions: OptionsTable {
    package var tag: UInt8 { 102 }

    /// Whether an element is left out of its own sum.
    package var isExclusive = false
    /// Whether sums run from the end.
    package var isReversed = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(isExclusive: Bool, isReversed: Bool = false) {
        self.isExclusive = isExclusive
        self.isReversed = isReversed
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("exclusive", &isExclusive)
        try visitor.visit("reverse", &isReversed)
    }
}

/// Options of ARG_MAX.
package struct ArgMaxOptions: OptionsTable {
    package var tag: UInt8 { 40 }

    /// The element type of the output.
    package var outputType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(outputType: TFLiteTensorType) {
        self.outputType = outputType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("output_type", &outputType)
    }
}

/// Options of ARG_MIN.
package struct ArgMinOptions: OptionsTable {
    package var tag: UInt8 { 57 }

    /// The element type of the output.
    package var outputType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(outputType: TFLiteTensorType) {
        self.outputType = outputType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("output_type", &outputType)
    }
}
