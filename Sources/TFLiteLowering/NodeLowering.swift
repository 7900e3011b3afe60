import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// What the lowering of one node needs: its tensors and a place for its operators.
struct NodeLowering {
    let node: Node
    private let assembler: ModelAssembler

    init(_ node: Node, _ assembler: ModelAssembler) {
        self.node = node
        self.assembler = assembler
    }

    /// The tensor of an input.
    func input(_ index: Int) -> Int { assembler.tensor(for: node.inputs[index]) }

    /// The tensors of all inputs.
    var inputs: [Int] { node.inputs.indices.map(input) }

    /// The type of an input.
    func inputType(_ index: Int) -> GraphIR.TensorType { assembler.graph[node.inputs[index]].type }

    /// The elements of an input that is a constant.
    func constant(_ index: Int) -> Constant? { assembler.graph.constant(node.inputs[index]) }

    /// The tensor of the first output.
    var output: Int { assembler.tensor(for: node.output) }

    /// The type of the first output.
    var outputType: GraphIR.TensorType { assembler.graph[node.output].type }

    /// Adds an operator that makes the node's outputs, or those given.
    func emit(
        _ builtin: BuiltinOperator, _ inputs: [Int], to outputs: [Int]? = nil,
        _ options: (any OptionsTable)? = nil
    ) {
        assembler.emit(
            builtin, inputs: inputs,
            outputs: outputs ?? node.outputs.map { assembler.tensor(for: $0) },
            options: options, layer: node.layer)
    }

    /// Adds an operator that makes a new tensor, and returns that.
    func emitStep(
        _ builtin: BuiltinOperator, _ inputs: [Int], _ type: GraphIR.TensorType,
        _ options: (any OptionsTable)? = nil
    ) -> Int {
        let result = step(type, role: "\(builtin)")
        emit(builtin, inputs, to: [result], options)
        return result
    }

    /// A tensor between two operators of this node.
    func step(_ type: GraphIR.TensorType, role: String) -> Int {
        assembler.addTensor(type, role: role, layer: node.layer)
    }

    /// A tensor that an operator reads and changes, and that keeps its elements between runs unless an operator makes
    /// them anew.
    func variable(_ type: GraphIR.TensorType, role: String) -> Int {
        assembler.addTensor(type, role: role, layer: node.layer, isVariable: true)
    }

    /// An assembler of a further subgraph.
    func subgraph(of graph: Graph) -> ModelAssembler { assembler.makeSubgraph(of: graph) }

    /// Whether something reads an output of the node.
    func isUsed(output index: Int) -> Bool {
        assembler.graph.useCount(of: node.outputs[index]) > 0
    }

    /// The tensor of an output.
    func output(_ index: Int) -> Int { assembler.tensor(for: node.outputs[index]) }

    /// Adds a RESHAPE that makes `output`, by default the node's.
    func emitReshape(_ input: Int, to shape: Shape, output: Int? = nil) throws {
        try assembler.emitReshape(input, to: output ?? self.output, shape, layer: node.layer)
    }

    /// Adds a copy of the first input, for a node that changes nothing.
    func emitCopy() throws {
        try emitReshape(input(0), to: outputType.shape)
    }

    /// A tensor of constant 32-bit integers, a vector unless a shape is given.
    func integers(_ values: [Int], _ shape: Shape? = nil, role: String) -> Int {
        assembler.parameter(Constant(values, shape ?? [values.count]), role: role)
    }

    /// A constant scalar of 32-bit integers.
    func integer(_ value: Int, role: String) -> Int {
        integers([value], .scalar, role: role)
    }

    /// A constant scalar of some type.
    func scalar(_ value: Double, _ dtype: DType, role: String) -> Int {
        let number = Tensor(dtype: .float64, shape: .scalar, copying: [value])
        return assembler.parameter(Constant(number, as: dtype), role: role)
    }

    /// A tensor of any constant.
    func parameter(_ constant: Constant, role: String) -> Int {
        assembler.parameter(constant, role: role)
    }

    /// The bias of a convolution: the input at `index`, or zeros, since the runtime demands one.
    func bias(_ index: Int, count: Int) -> Int {
        if node.inputs.count > index { return input(index) }
        return parameter(Constant(Tensor.zeros(inputType(0).dtype, [count])), role: "zeros")
    }

    /// Requires that the operator takes elements of an input's type.
    ///
    /// - Throws: `Problem.Kind.unsupportedOperator` where it does not; some runtimes would end the process.
    func require(_ dtypes: [DType], input index: Int = 0) throws {
        let dtype = inputType(index).dtype
        guard dtypes.contains(dtype) else {
            let names = dtypes.map(\.rawValue).joined(separator: ", ")
            throw unsupported("\(dtype.rawValue) is not possible, only \(names)")
        }
    }

    /// The problem that TFLite cannot do this.
    func unsupported(_ reason: String) -> Problem {
        let name =
            switch node.op {
            case .unary(let op): op.kind.rawValue
            case .binary(let op): op.kind.rawValue
            case .reduce(let op): op.kind.rawValue
            default: node.op.name
            }
        return Problem(.unsupportedOperator(name: name, reason: reason), layer: node.layer)
    }

    /// The problem that TFLite cannot do this for an input of unknown size.
    func needsKnownSize(_ what: String) -> Problem {
        Problem(
            .unsupported(
                what: what, remedy: "Fix the batch with --batch, other sizes with --input-shape."),
            layer: node.layer)
    }
}

extension TFLiteFormat.Padding {
    init(_ padding: GraphIR.Padding) {
        self = padding == .same ? .same : .valid
    }
}

extension ActivationFunction {
    init(_ activation: Activation) {
        switch activation {
        case .none: self = .none
        case .relu: self = .relu
        case .relu6: self = .relu6
        case .reluN1To1: self = .reluN1To1
        }
    }
}
