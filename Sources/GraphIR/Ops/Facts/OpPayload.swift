import Tensors

/// The attributes of one operation, and what the rest of the program has to know about it.
///
/// No requirement has a default, so that the compiler asks for each when an operation is added. Types of inputs that are
/// passed to a fact are such that `outputTypes` accepts them.
package protocol OpPayload: Sendable, Hashable {
    /// The entry of the operation in the list of all operations.
    static var kind: OpKind { get }

    /// The case of `Op` that holds this payload.
    var op: Op { get }

    /// Shows every attribute to a visitor, which may change it.
    mutating func visitAttributes(_ visitor: inout some AttributeVisitor)

    /// The types of the outputs for these inputs.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the inputs do not fit.
    func outputTypes(for inputs: [TensorType]) throws -> [TensorType]

    /// Multiply-accumulate operations of one run, free extents counted as one.
    func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int

    /// Where the axes of the first output come from.
    func axes(for inputs: [TensorType]) -> AxisMap

    /// How outputs change if inputs are scaled and shifted.
    func linearity(for inputs: [TensorType]) -> Linearity

    /// The clamp that the operation can apply to its result; nil if it cannot apply one.
    var fusedActivation: WritableKeyPath<Self, Clamp>? { get }

    /// Whether the only output equals the first input whenever it has the same type.
    func isIdentity(on inputs: [TensorType]) -> Bool

    /// What integer storage of inputs and outputs has to respect.
    var quantizationRule: QuantizationRule { get }
}

extension OpPayload {
    /// The name in the graph's text form.
    package static var name: String { kind.rawValue }

    /// The operation after a visitor has changed attributes.
    package func visited(by visitor: inout some AttributeVisitor) -> Op {
        var copy = self
        copy.visitAttributes(&visitor)
        return copy.op
    }
}

extension Op {
    /// The operation's name in the graph's text form.
    package var name: String { type(of: payload).name }

    /// The name of the function if the operation is a family of functions, else its own.
    package var functionName: String {
        if case .unary(let unary) = self { return unary.kind.rawValue }
        if case .binary(let binary) = self { return binary.kind.rawValue }
        if case .reduce(let reduce) = self { return reduce.kind.rawValue }
        return name
    }

    /// The types of the outputs for these inputs.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the inputs do not fit.
    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try payload.outputTypes(for: inputs)
    }

    /// The clamp that the operation applies to its result; nil for operations that cannot apply one.
    package var activation: Clamp? {
        func activation<Payload: OpPayload>(of payload: Payload) -> Clamp? {
            payload.fusedActivation.map { payload[keyPath: $0] }
        }
        return activation(of: payload)
    }

    /// The operation with another clamp; nil if it cannot apply one.
    package func clamping(to activation: Clamp) -> Op? {
        func clamping<Payload: OpPayload>(_ payload: Payload) -> Op? {
            guard let path = payload.fusedActivation else { return nil }
            var copy = payload
            copy[keyPath: path] = activation
            return copy.op
        }
        return clamping(payload)
    }
}
