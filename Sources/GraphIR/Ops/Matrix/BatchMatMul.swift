import Foundations
import Tensors

/// A matrix product over the last two axes; the axes before them broadcast.
///
/// Inputs: a `[…, M, K]` (`[…, K, M]` with `adjointA`), b `[…, K, N]` (`[…, N, K]` with `adjointB`). Output: `[…, M, N]`.
package struct BatchMatMul: OpPayload {
    package static let kind = OpKind.batchMatMul
    package var adjointA = false
    package var adjointB = false

    package init(adjointA: Bool = false, adjointB: Bool = false) {
        self.adjointA = adjointA
        self.adjointB = adjointB
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("adjointA", &adjointA)
        visitor.visit("adjointB", &adjointB)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 2...2, Self.name)
        let (a, b) = (inputs[0].shape, inputs[1].shape)
        try Check.require(
            a.rank >= 2 && b.rank >= 2, "\(Self.name) of \(a) and \(b): both need rank 2 or more")
        let (rows, inner) = adjointA ? (a[-1], a[-2]) : (a[-2], a[-1])
        let (otherInner, columns) = adjointB ? (b[-1], b[-2]) : (b[-2], b[-1])
        guard Check.matches(inner, otherInner),
            let batch = Shape.broadcast(
                Shape(Array(a.dims.dropLast(2))), Shape(Array(b.dims.dropLast(2))))
        else {
            try Check.require(false, "\(Self.name): \(a) does not fit \(b)")
            return []
        }
        return [TensorType(inputs[0].dtype, Shape(batch.dims + [rows, columns]))]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        saturatingProduct(
            outputs[0].shape.elementCount, max(inputs[0].shape[adjointA ? -2 : -1], 1))
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
