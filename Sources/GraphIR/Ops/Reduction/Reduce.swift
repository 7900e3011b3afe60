import Tensors

/// A reduction over some axes.
///
/// Input: x. Output: x without `axes`, or with extent 1 there.
package struct Reduce: OpPayload {
    /// What elements are reduced to.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case sum, mean, max, min, product, any, all
    }

    package static let name = "reduce"
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

    package var op: Op { .reduce(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        for axis in axes { _ = try Check.axis(axis, of: x, Self.name) }
        let dims = x.dims.enumerated().compactMap { axis, dim in
            axes.contains(axis) ? (keepDimensions ? 1 : nil) : dim
        }
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }
}
