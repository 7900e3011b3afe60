import Tensors

/// A reduction over some axes.
///
/// Input: x. Output: x without `axes`, or with extent 1 there.
package struct Reduce: PlainOperation {
    /// What elements are reduced to.
    package enum Kind: String, Attribute, CaseIterable {
        case sum, mean, max, min, product, any, all
    }

    package static let kind = OpKind.reduce
    package var kind: Kind
    /// Counted from the front, ascending.
    package var axes: [Int]
    /// Whether reduced axes stay, with extent 1.
    package var keepDimensions: Bool

    package init(_ kind: Kind, axes: [Int], keepDimensions: Bool) {
        self.kind = kind
        self.axes = axes
        self.keepDimensions = keepDimensions
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("kind", &kind)
        visitor.visit(axes: "axes", &axes)
        visitor.visit("keepDimensions", &keepDimensions)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        for axis in axes { _ = try Check.axis(axis, of: x, Self.name) }
        let dims = x.dims.enumerated().compactMap { axis, dim in
            axes.contains(axis) ? (keepDimensions ? 1 : nil) : dim
        }
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        let kept = inputs[0].shape.dims.indices.filter { keepDimensions || !axes.contains($0) }
        return AxisMap(
            kept.map { axes.contains($0) ? .changed($0) : .same($0) }, layout: .named,
            rank: inputs[0].shape.rank)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        switch kind {
        case .mean: .mean
        case .sum: .linear
        case .max, .min: .extremum
        case .product, .any, .all: .opaque
        }
    }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        axes.allSatisfy { inputs[0].shape[$0] == 1 }
    }

    package var quantizationRule: QuantizationRule {
        switch kind {
        case .mean: .free
        case .max, .min: .sameAsInput
        // The reference kernel of sums rescales wrongly.
        case .product, .sum: .floatOnly
        case .any, .all: .unscaled
        }
    }
}
