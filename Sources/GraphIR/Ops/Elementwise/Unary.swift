import Tensors

/// A function of each element.
///
/// Input: x. Output: the shape of x.
package struct Unary: OpPayload {
    package typealias Kind = UnaryFunction

    package static let name = "unary"
    package var kind: Kind

    package init(_ kind: Kind) {
        self.kind = kind
    }

    package var op: Op { .unary(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, kind.rawValue)
        try Check.require(
            (inputs[0].dtype == .bool) == (kind == .logicalNot),
            "\(kind.rawValue) of \(inputs[0].dtype.rawValue)")
        return [inputs[0]]
    }
}
