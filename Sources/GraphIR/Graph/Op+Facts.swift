import Tensors

extension Op {
    /// The operation's name in the graph's text form.
    package var name: String { kind.rawValue }

    /// The operation without its attributes.
    package var kind: OpKind { type(of: payload).kind }

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
        func clamping<Payload: Operation>(_ payload: Payload) -> Op? {
            guard let path = payload.fusedActivation else { return nil }
            var copy = payload
            copy[keyPath: path] = activation
            return copy.op
        }
        return clamping(payload)
    }
}

extension Operation {
    /// The operation after a visitor has changed attributes.
    package func visited(by visitor: inout some AttributeVisitor) -> Op {
        var copy = self
        copy.visitAttributes(&visitor)
        return copy.op
    }
}

extension SlidingWindow2D where Self: Operation {
    /// The operation with another padding.
    package func padded(_ padding: Padding) -> Op {
        var copy = self
        copy.padding = padding
        return copy.op
    }
}
