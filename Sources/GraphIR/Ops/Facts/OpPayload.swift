import Tensors

/// The attributes of one operation, and what the rest of the program has to know about it.
///
/// No requirement has a default, so that the compiler asks for each when an operation is added; a protocol that it chooses
/// (`PlainOperation`, `ElementFunction`, `Convolution` …) answers some. Types of inputs that are passed to a fact are such that
/// `outputTypes` accepts them.
package protocol OpPayload: Sendable, Hashable {
    /// The entry of the operation in the list of all operations.
    static var kind: OpKind { get }

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
}
