/// Options of CONV_2D.
package struct Conv2DOptions: FusedActivationOptions {
    package var tag: UInt8 { 1 }

    /// How the borders are padded.
    package var padding: TFLitePadding = .same
    /// Step along the width.
    package var strideWidth = 0
    /// Step along the height.
    package var strideHeight = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Distance of filter taps along the width.
    package var dilationWidth = 1
    /// Distance of filter taps along the height.
    package var dilationHeight = 1
    /// The type of the bias of a quantized operator; `float32` leaves it to the runtime.
    package var quantizedBiasType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        padding: TFLitePadding, strideWidth: Int, strideHeight: Int,
        activation: TFLiteActivation = .none, dilationWidth: Int = 1, dilationHeight: Int = 1,
        quantizedBiasType: TFLiteTensorType = .float32
    ) {
        self.padding = padding
        self.strideWidth = strideWidth
        self.strideHeight = strideHeight
        self.activation = activation
        self.dilationWidth = dilationWidth
        self.dilationHeight = dilationHeight
        self.quantizedBiasType = quantizedBiasType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("padding", &padding)
        try visitor.visit("stride_w", &strideWidth)
        try visitor.visit("stride_h", &strideHeight)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("dilation_w_factor", &dilationWidth, default: 1)
        try visitor.visit("dilation_h_factor", &dilationHeight, default: 1)
        try visitor.visit("quantized_bias_type", &quantizedBiasType)
    }
}

/// Options of DEPTHWISE_CONV_2D.
package struct DepthwiseConv2DOptions: FusedActivationOptions {
    package var tag: UInt8 { 2 }

    /// How the borders are padded.
    package var padding: TFLitePadding = .same
    /// Step along the width.
    package var strideWidth = 0
    /// Step along the height.
    package var strideHeight = 0
    /// Output channels for each input channel.
    package var depthMultiplier = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Distance of filter taps along the width.
    package var dilationWidth = 1
    /// Distance of filter taps along the height.
    package var dilationHeight = 1

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        padding: TFLitePadding, strideWidth: Int, strideHeight: Int, depthMultiplier: Int,
        activation: TFLiteActivation = .none, dilationWidth: Int = 1, dilationHeight: Int = 1
    ) {
        self.padding = padding
        self.strideWidth = strideWidth
        self.strideHeight = strideHeight
        self.depthMultiplier = depthMultiplier
        self.activation = activation
        self.dilationWidth = dilationWidth
        self.dilationHeight = dilationHeight
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("padding", &padding)
        try visitor.visit("stride_w", &strideWidth)
        try visitor.visit("stride_h", &strideHeight)
        try visitor.visit("depth_multiplier", &depthMultiplier)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("dilation_w_factor", &dilationWidth, default: 1)
        try visitor.visit("dilation_h_factor", &dilationHeight, default: 1)
    }
}

/// Options of TRANSPOSE_CONV.
package struct TransposeConvOptions: FusedActivationOptions {
    package var tag: UInt8 { 49 }

    /// How the borders are padded.
    package var padding: TFLitePadding = .same
    /// Step along the width.
    package var strideWidth = 0
    /// Step along the height.
    package var strideHeight = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// The type of the bias of a quantized operator; `float32` leaves it to the runtime.
    package var quantizedBiasType: TFLiteTensorType = .float32

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        padding: TFLitePadding, strideWidth: Int, strideHeight: Int,
        activation: TFLiteActivation = .none, quantizedBiasType: TFLiteTensorType = .float32
    ) {
        self.padding = padding
        self.strideWidth = strideWidth
        self.strideHeight = strideHeight
        self.activation = activation
        self.quantizedBiasType = quantizedBiasType
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("padding", &padding)
        try visitor.visit("stride_w", &strideWidth)
        try visitor.visit("stride_h", &strideHeight)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("quantized_bias_type", &quantizedBiasType)
    }
}

/// Options of CONV_3D and CONV_3D_TRANSPOSE.
package struct Conv3DOptions: FusedActivationOptions {
    package var tag: UInt8 { 106 }

    /// How the borders are padded.
    package var padding: TFLitePadding = .same
    /// Step along the depth.
    package var strideDepth = 0
    /// Step along the width.
    package var strideWidth = 0
    /// Step along the height.
    package var strideHeight = 0
    /// The function applied to the result.
    package var activation: TFLiteActivation = .none
    /// Distance of filter taps along the depth.
    package var dilationDepth = 1
    /// Distance of filter taps along the width.
    package var dilationWidth = 1
    /// Distance of filter taps along the height.
    package var dilationHeight = 1

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        padding: TFLitePadding, strideDepth: Int, strideWidth: Int, strideHeight: Int,
        activation: TFLiteActivation = .none, dilationDepth: Int = 1, dilationWidth: Int = 1,
        dilationHeight: Int = 1
    ) {
        self.padding = padding
        self.strideDepth = strideDepth
        self.strideWidth = strideWidth
        self.strideHeight = strideHeight
        self.activation = activation
        self.dilationDepth = dilationDepth
        self.dilationWidth = dilationWidth
        self.dilationHeight = dilationHeight
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("padding", &padding)
        try visitor.visit("stride_d", &strideDepth)
        try visitor.visit("stride_w", &strideWidth)
        try visitor.visit("stride_h", &strideHeight)
        try visitor.visit("fused_activation_function", &activation)
        try visitor.visit("dilation_d_factor", &dilationDepth, default: 1)
        try visitor.visit("dilation_w_factor", &dilationWidth, default: 1)
        try visitor.visit("dilation_h_factor", &dilationHeight, default: 1)
    }
}
