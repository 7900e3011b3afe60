import Tensors

/// x · (bias + alpha · Σ x²)^−beta, the sum running over `radius` channels to either side.
///
/// Input: x `[N, H, W, C]`. Output: the shape of x.
package struct LocalResponseNormalization: LastAxisFunction {
    package static let kind = OpKind.localResponseNormalization
    package var radius: Int
    package var bias: Float
    package var alpha: Float
    package var beta: Float

    package init(radius: Int, bias: Float, alpha: Float, beta: Float) {
        self.radius = radius
        self.bias = bias
        self.alpha = alpha
        self.beta = beta
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("radius", &radius)
        visitor.visit("bias", &bias)
        visitor.visit("alpha", &alpha)
        visitor.visit("beta", &beta)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.rank(inputs[0], 4, "input of \(Self.name)")
        return [inputs[0]]
    }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
