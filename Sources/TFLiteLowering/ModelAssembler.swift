import Foundations
import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// Collects the tensors, constants and operators of a model.
final class ModelAssembler {
    let graph: Graph

    private let parts: ModelParts
    private let index: Int
    private var subgraph: TFLiteSubgraph
    private var operatorLayers: [String] = []
    private var tensorOfValue: [ValueID: Int] = [:]
    private var pool = ConstantPool()
    private var names: TensorNames
    /// The variables that hold the graph's states, in their order.
    private var handles: [Int] = []

    /// An assembler of the first subgraph, whose inputs are those of `graph`.
    convenience init(_ graph: Graph) {
        self.init(graph, of: ModelParts())
        for input in graph.inputs { subgraph.inputs.append(tensor(for: input.value)) }
        handles = readStates()
    }

    private init(_ graph: Graph, of parts: ModelParts) {
        self.graph = graph
        self.parts = parts
        index = parts.reserveSubgraph()
        subgraph = TFLiteSubgraph(name: graph.name)
        names = TensorNames(graph)
    }

    /// An assembler of a further subgraph of this model, without inputs at first.
    func makeSubgraph(of graph: Graph) -> ModelAssembler { ModelAssembler(graph, of: parts) }

    /// Adds inputs to a subgraph.
    func addInputs(_ types: [GraphIR.TensorType]) -> [Int] {
        let tensors = types.map { addTensor($0, name: names.unique("input")) }
        subgraph.inputs += tensors
        return tensors
    }

    /// Lets a value of the graph be a tensor that is there already.
    func bind(_ id: ValueID, to tensor: Int) {
        tensorOfValue[id] = tensor
    }

    /// The tensor of an output, copied where it is a constant or one of `others`.
    func ownTensor(of port: Port, besides others: [Int]) throws -> Int {
        let index = tensor(for: port.value)
        let value = graph[port.value]
        guard others.contains(index) || value.constant != nil else { return index }
        let copy = addTensor(value.type, name: names.unique(port.name))
        try emitReshape(index, to: copy, value.shape, layer: value.layer ?? port.name)
        return copy
    }

    /// Ends a further subgraph and returns its index.
    func finishSubgraph(outputs: [Int]) -> Int {
        subgraph.outputs = outputs
        parts.set(subgraph, at: index)
        return index
    }

    /// The tensor of a value, added with its first use.
    func tensor(for id: ValueID) -> Int {
        if let index = tensorOfValue[id] { return index }
        let value = graph[id]
        let index: Int
        if let constant = value.constant {
            index = tensor(for: constant, name: names.name(of: id))
        } else {
            index = addTensor(value.type, name: names.name(of: id))
        }
        tensorOfValue[id] = index
        return index
    }

    /// A tensor for a step inside a node.
    ///
    /// A variable keeps its elements until an operator makes them anew.
    func addTensor(
        _ type: GraphIR.TensorType, role: String, layer: String, isVariable: Bool = false
    ) -> Int {
        let index = addTensor(type, name: names.unique("\(layer)/\(role)"))
        subgraph.tensors[index].isVariable = isVariable
        return index
    }

    /// A tensor that stands for a variable outside of all subgraphs.
    func addHandle(role: String, layer: String) -> Int {
        subgraph.tensors.append(
            TFLiteTensor(name: names.unique("\(layer)/\(role)"), shape: .scalar, type: .resource))
        return subgraph.tensors.count - 1
    }

    /// The tensor of a constant that is no value of the graph; `role` names it unless an equal one is there already.
    func parameter(_ constant: Constant, role: String) -> Int {
        pool.tensor(equalTo: constant) ?? tensor(for: constant, name: names.unique(role))
    }

    /// Adds an operator of the lowest version that it needs.
    func emit(
        _ builtin: BuiltinOperator, inputs: [Int], outputs: [Int], options: (any OptionsTable)?,
        layer: String
    ) {
        let version = OperatorVersion.lowest(
            for: builtin,
            inputs: inputs.map { $0 < 0 ? nil : subgraph.tensors[$0] },
            outputs: outputs.map { subgraph.tensors[$0] }, options: options)
        let code = TFLiteOperatorCode(builtin, version: version)
        subgraph.operators.append(
            TFLiteOperator(
                opcodeIndex: parts.index(of: code), inputs: inputs, outputs: outputs,
                options: options))
        operatorLayers.append(layer)
    }

    /// The whole model, once all nodes are in it.
    func finish() throws -> LoweredModel {
        try addOutputs()
        writeStates()
        parts.set(
            TFLiteSignature(
                inputs: signature(graph.inputs, subgraph.inputs),
                outputs: signature(graph.outputs, subgraph.outputs)))
        parts.set(subgraph, at: index)
        return LoweredModel(
            model: parts.model, operatorLayers: operatorLayers, tensors: tensorOfValue)
    }

    /// Adds the outputs; one that is an input, a constant or an output already is copied.
    private func addOutputs() throws {
        for port in graph.outputs {
            subgraph.outputs.append(
                try ownTensor(of: port, besides: subgraph.inputs + subgraph.outputs))
        }
    }

    /// Adds a RESHAPE to `shape`, in which one extent may be free.
    func emitReshape(_ input: Int, to output: Int, _ shape: Shape, layer: String) throws {
        guard shape.dims.count(where: { $0 == Shape.free }) <= 1 else {
            throw Problem(
                .unsupported(
                    what: "a reshape to \(shape) has several unknown sizes",
                    remedy: "Fix them with --input-shape."), layer: layer)
        }
        let target = parameter(Constant(shape.dims, [shape.rank]), role: "shape")
        emit(
            .reshape, inputs: [input, target], outputs: [output],
            options: ReshapeOptions(newShape: shape.dims), layer: layer)
    }

    private func writeStates() {
        for (state, handle) in zip(graph.states, handles) where state.input != state.output {
            emit(
                .assignVariable, inputs: [handle, tensor(for: state.output)], outputs: [],
                options: EmptyOptions.assignVariable, layer: state.name)
        }
    }

    private func signature(_ ports: [Port], _ tensors: [Int]) -> [TFLiteSignature.Tensor] {
        var names = UniqueNames()
        return zip(ports, tensors).map { port, index in
            TFLiteSignature.Tensor(name: names.unique(port.name), index: index)
        }
    }

    private func addTensor(_ type: GraphIR.TensorType, name: String, buffer: Int = 0) -> Int {
        subgraph.tensors.append(
            TFLiteTensor(
                name: name, shape: type.shape, type: TensorType(type.dtype), buffer: buffer))
        return subgraph.tensors.count - 1
    }

    private func tensor(for constant: Constant, name: String) -> Int {
        if let index = pool.tensor(equalTo: constant) { return index }
        let type = GraphIR.TensorType(constant.dtype, constant.shape)
        let index = addTensor(type, name: name, buffer: parts.buffer(for: constant))
        pool.insert(constant, tensor: index)
        return index
    }
}
