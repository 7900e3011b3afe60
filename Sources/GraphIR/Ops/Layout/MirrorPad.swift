import Tensors

/// A border of mirrored elements.
///
/// Input: x. Output: extent `before + n + after` along each axis.
package struct MirrorPad: PlainOperation {
    /// Whether the edge itself is repeated (`symmetric`) or not (`reflect`).
    package enum Mode: String, Attribute {
        case reflect, symmetric
    }

    package static let kind = OpKind.mirrorPad
    /// The border along each axis.
    package var amounts: [PadAmount]
    package var mode: Mode

    package init(_ amounts: [PadAmount], mode: Mode) {
        self.amounts = amounts
        self.mode = mode
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(eachAxis: "amounts", &amounts)
        visitor.visit("mode", &mode)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        let shape = try amounts.padding(x)
        let limit = mode == .reflect ? 1 : 0
        for (dim, amount) in zip(x.dims, amounts) where dim != Shape.free {
            try Check.require(
                max(amount.before, amount.after) <= dim - limit || amount == .none,
                "\(Self.name): \(amounts.text) is wider than \(x)")
        }
        return [TensorType(inputs[0].dtype, shape)]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { amounts[$0] != .none }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { amounts.areNone }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
