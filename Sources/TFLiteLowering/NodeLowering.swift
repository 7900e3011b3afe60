import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// What the lowering of one node needs: its tensors and a place for its operator.
struct NodeLowering: OperatorWriter {
    let node: Node
    let writer: SubgraphWriter

    init(_ node: Node, _ writer: SubgraphWriter) {
        self.node = node
        self.writer = writer
    }

    var layer: String { node.layer }

    /// The tensor of an input.
    func input(_ index: Int) throws -> TensorIndex { try writer.tensor(for: node.inputs[index]) }

    /// The tensors of all inputs.
    var inputs: [TensorIndex] { get throws { try node.inputs.indices.map(input) } }

    /// The type of an input.
    func inputType(_ index: Int) -> TensorType { writer.graph[node.inputs[index]].type }

    /// The elements of an input that is a constant.
    func constant(_ index: Int) -> Constant? { writer.graph.constant(node.inputs[index]) }

    /// The tensor of an output.
    func output(_ index: Int = 0) throws -> TensorIndex {
        try writer.tensor(for: node.outputs[index])
    }

    /// The type of the first output.
    var outputType: TensorType { writer.graph[node.output].type }

    /// Whether the first output is stored as 16-bit integers.
    var isStoredIn16Bits: Bool { writer.graph[node.output].storage.dtype == .int16 }

    /// Whether something reads an output of the node.
    func isUsed(output index: Int) -> Bool {
        writer.graph.useCount(of: node.outputs[index]) > 0
    }

    /// Adds the operator that makes the node's outputs.
    func emit(
        _ builtin: BuiltinOperator, _ inputs: [TensorIndex], _ options: (any OptionsTable)? = nil
    ) throws {
        try emit(
            builtin, inputs, to: node.outputs.map { try writer.tensor(for: $0) }, options)
    }

    /// Adds a RESHAPE of the first input to the node's output: a copy, for a node that changes nothing.
    func emitReshape() throws {
        try emitReshape(input(0), to: outputType.shape, output: output())
    }

    /// Adds the operator of a group of nodes.
    func lower(_ group: OperatorGroup) throws {
        let tensors = try group.inputs.map { operand in
            switch operand {
            case .value(let id): try writer.tensor(for: id)
            case .absent: TensorIndex.absent
            case .integers(let values, let role): integers(values, role: role)
            case .integer(let value, let role): integer(value, role: role)
            }
        }
        try emit(
            group.builtin, tensors, to: group.outputs.map { try writer.tensor(for: $0) },
            group.options)
    }

    /// The bias of a convolution: the input at `index`, or zeros, since the runtime demands one beside floats.
    func bias(_ index: Int, count: Int) throws -> TensorIndex {
        if node.inputs.count > index { return try input(index) }
        return parameter(Constant(Tensor.zeros(.float32, [count])), role: "zeros")
    }

    /// The problem that no operator does what the node does.
    func unsupported(_ reason: String) -> Problem {
        Problem(
            .unsupportedOperator(name: node.op.functionName, reason: .reason(reason)),
            layer: node.layer)
    }

    func unsupported(_ builtin: BuiltinOperator, _ reason: String) -> Problem {
        unsupported(reason)
    }
}

extension TFLitePadding {
    init(_ padding: Padding) {
        self = padding == .same ? .same : .valid
    }
}

extension TFLiteActivation {
    init(_ activation: Clamp) {
        switch activation {
        case .none: self = .none
        case .relu: self = .relu
        case .relu6: self = .relu6
        case .reluN1To1: self = .reluN1To1
        }
    }
}
